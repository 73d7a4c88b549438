"""A recommender that can say why: `kgrec_core.open("movies").recommend("15")`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgrec_core.schema.asker import Asker, Visitor
    from kgrec_core.schema.changes import Change
    from kgrec_core.service import Service, datasets, open, prepare

__all__ = ["Asker", "Change", "Service", "Visitor", "datasets", "open", "prepare"]

_ELSEWHERE = {
    "Asker": "schema.asker",
    "Change": "schema.changes",
    "Visitor": "schema.asker",
}  # the others are of the service


def __getattr__(name: str) -> Any:
    """What `__all__` names, taken in when it is first asked for: torch, which it stands on, takes seconds."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.{_ELSEWHERE.get(name, 'service')}"), name)
    if not name.startswith("_") and find_spec(f"{__name__}.{name}"):
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
