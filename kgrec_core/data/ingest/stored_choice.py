"""What was chosen, as JSON holds it, and back: frozen dataclasses of texts, numbers, tuples, sets and mappings.

By itself, for it knows nothing of what it stores: a new field of a choice is kept without a word here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def encoded(chosen: object) -> Any:
    """A dataclass, or a tuple of them, in lists and mappings of plain values; sets are sorted."""
    plain = [asdict(each) for each in chosen] if isinstance(chosen, tuple) else asdict(chosen)  # type: ignore[call-overload]
    return json.loads(json.dumps(plain, default=sorted))


def decoded(kind: Any, stored: Any) -> Any:
    """A value of this type of what `encoded` made of it; a field that is not stored has its default."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: decoded(hints[name], value) for name, value in stored.items() if name in hints})  # type: ignore[operator]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if stored is None else decoded(next(each for each in inner if each is not type(None)), stored)
    if origin is tuple:
        kinds = [inner[0]] * len(stored) if inner[-1] is Ellipsis else inner
        return tuple(decoded(each, value) for each, value in zip(kinds, stored, strict=True))
    if origin is frozenset:
        return frozenset(decoded(inner[0], value) for value in stored)
    if origin is not None and issubclass(origin, Mapping):
        return {name: decoded(inner[1], value) for name, value in stored.items()}
    return stored
