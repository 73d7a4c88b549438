"""A recommender that can say why: `kgrec_core.open("movies").recommend(user="15")`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgrec_core.service import Service, datasets, open, prepare

__all__ = ["Service", "datasets", "open", "prepare"]


def __getattr__(name: str) -> Any:
    """What `__all__` names, taken in when it is first asked for: torch, which it stands on, takes seconds."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kgrec_core import service

    return getattr(service, name)
