"""What the run card of a bundle tells of how it was made, for people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from kgrec_core.model.bundle import read_card
from kgrec_core.schema.explanation import Weighted

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """How a bundle was made. Parts that an older version did not write are empty."""

    model: Pairs  # settings of the model, by name
    training: Pairs
    encoders: Pairs  # "bert" and "xlnet", with what was read by them
    versions: Pairs  # of Python and of packages
    stages: tuple[Weighted, ...]  # seconds of each, in the order in which they ran
    seconds: float  # of all of them
    data_hash: str  # SHA-256 of the tables
    protocol: str  # how it was measured
    card: str  # the run card as JSON


def read_record(name: str) -> Record:
    """Raises BundleError."""
    card = read_card(name)
    names = {encoder: _short(str(path)) for encoder, path in card.get("names", {}).items()}
    encoders = {encoder: names.get(encoder) or called for encoder, called in card.get("encoders", {}).items()}
    seconds = {str(stage): float(value) for stage, value in card.get("seconds", {}).items()}
    return Record(
        model=_pairs(card["model"]),
        training=_pairs(card.get("training", {})),
        encoders=_pairs(encoders),
        versions=_pairs(card.get("versions", {})),
        stages=tuple(Weighted(stage, value) for stage, value in seconds.items()),
        seconds=sum(seconds.values()),
        data_hash=str(card.get("data_hash", "")),
        protocol=str(card.get("protocol", "")),
        card=json.dumps({**card, "names": names}, indent=2),
    )


def _short(path: str) -> str:
    """A hub name as it is; of a folder the last two parts, since the rest tells about a machine, not about a model."""
    return "/".join(PurePath(path).parts[-2:])


def _pairs(seconds: dict[str, Any]) -> Pairs:
    return tuple((name, "not used" if value is None else str(value)) for name, value in seconds.items())
