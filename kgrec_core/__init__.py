"""A recommender that can say why: `kgrec_core.open("movies").recommend(user="15")`."""

from __future__ import annotations

from kgrec_core.service import Service, datasets, open, prepare

__all__ = ["Service", "datasets", "open", "prepare"]
