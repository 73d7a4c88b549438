"""From which value on a thing is liked, and whether there is enough to learn from: said when files are checked, and
not only once they are prepared.
"""

from __future__ import annotations

import math

import numpy as np

from kgrec_core.config import TrainConfig
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.split import split_random
from kgrec_core.data.training_outlook import LEAST_ITEMS
from kgrec_core.data.values.scales import Scale
from kgrec_core.domain import Domain
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.schema.columns import ITEM, USER, VALUE

MORE_ITEMS, ANOTHER_LIMIT = "Give more items", "Choose from which value on a thing is liked"
_LIKED = 0.8  # of the top of a rating scale: 4 of 5 stars
_WAY_UP = 0.75  # from the lowest to the highest grade of a scale below 0: 5 of -10 to 10
_TOP_QUARTER = 0.75


def check_enough(clean: CleanTables, ledger: Ledger) -> None:
    """Notes an error where there is nothing to compare. Raises DataError when no interaction is left."""
    file, left = _file(ledger), clean.interactions
    if not len(left):
        raise DataError(f"{file}: no interaction is left after the checks. {_worst(ledger)}")
    for column, kind in ((USER, "user"), (ITEM, "item")):
        if left[column].nunique() < 2:
            ledger.error(
                file,
                f"there is only one {kind}, so there is nothing to compare",
                f"Give interactions of at least two {kind}s.",
                column,
            )
    if 2 <= len(clean.items) < LEAST_ITEMS:
        ledger.warn(
            file,
            f"there are {len(clean.items)} items; preparing the data set takes at least {LEAST_ITEMS}, since a "
            "language model is trained on their texts",
            f"{MORE_ITEMS}.",
        )


def with_rule(domain: Domain, clean: CleanTables, positive: float | None) -> Domain:
    """The domain with its rule of what counts as liked: as chosen, else fitted to the values."""
    values = clean.interactions.get(VALUE)
    if positive is not None:
        return domain.rated(positive) if clean.events is None else domain.without_values(positive)
    if values is None or clean.events is not None:
        return domain.without_values()
    if clean.scale is not None:
        least = liked_from(clean.scale)
        return domain.rated(least if (values >= least).any() else float(values.quantile(_TOP_QUARTER)))
    above = values[values > 0]
    return domain.without_values(float(min(1.0, above.min())) if len(above) else 1.0)


def liked_from(scale: Scale) -> float:
    """The lowest grade that is a like: four fifths of the top, or on a scale below 0 three quarters of the way up.

    >>> [liked_from(each) for each in (Scale(1, 5, 1), Scale(1, 4, 1), Scale(0.5, 4, 0.5), Scale(-1, 1, 1))]
    [4.0, 4.0, 3.5, 1.0]
    """
    if scale.lowest < 0:
        least = scale.lowest + _WAY_UP * (scale.highest - scale.lowest)
    else:
        least = scale.highest if scale.highest == 1 else _LIKED * scale.highest
    return float(math.ceil(round(least / scale.step, 6)) * scale.step if scale.step else least)


def check_positive(clean: CleanTables, positive: float | None) -> None:
    """Raises ConfigError for a limit of liking that was chosen above all values, so that nothing would be liked."""
    values = clean.interactions.get(VALUE)
    if positive is None or values is None:
        return
    least, most = float(values.min()), float(values.max())
    if positive > most:
        raise ConfigError(
            f"Liked from {positive:g} on is more than every value, so nothing would be liked. "
            f"The values go from {least:g} to {most:g}; choose at most {most:g}."
        )


def check_liked(catalog: Catalog, ledger: Ledger) -> None:
    """Notes an error where nothing is liked, a warning where nothing of the part that is tested on is."""
    data, positive = Interactions.from_catalog(catalog), catalog.domain.positive_value
    liked, file = int((data.values >= positive).sum()), _file(ledger)
    column = ledger.own_name(file, VALUE)
    mend = f"{ANOTHER_LIMIT}, or give more interactions."
    if not liked:
        what = f"nothing is liked, which here takes {positive:g} or more; the largest value is {np.max(data.values):g}"
        ledger.error(file, what, mend, column)
        return
    test = split_random(data, TrainConfig().seed).test
    unmeasured = "so how well a model ranks cannot be measured"
    if not len(test):
        ledger.warn(file, f"nobody has two interactions, {unmeasured}", "Give more interactions of the same people.")
    elif not (test.values >= positive).any():
        ledger.warn(
            file,
            f"only {liked:,} of {len(data):,} interactions are liked ({positive:g} or more), and none of the tenth "
            f"that a model is tested on, {unmeasured}",
            mend,
        )


def rule_of(catalog: Catalog, clean: CleanTables, chosen: bool) -> str:
    """What counts as liked, in a sentence."""
    positive, scale = catalog.domain.positive_value, clean.scale
    if VALUE not in catalog.interactions:
        return "Every interaction counts as liked, since there are no values."
    if chosen:
        return f"Liked is a value of {positive:g} or more, as chosen."
    if clean.events is not None:
        return clean.events.sentence()
    if scale is None:
        return f"The values are counts: liked is every one from {positive:g} on."
    if scale.lowest >= 0 and scale.highest == 1:
        return "The values are yes (1) and no (0): liked is yes."
    return f"The values are ratings from {scale.lowest:g} to {scale.highest:g}: liked is {positive:g} or more."


def _file(ledger: Ledger) -> str:
    return next((account.file for account in ledger.accounts() if account.table == "interactions"), "")


def _worst(ledger: Ledger) -> str:
    lost = [finding for finding in ledger.findings() if finding.fate == "dropped" and finding.column]
    if not lost:
        return "Give at least one row with a user and an item."
    worst = max(lost, key=lambda finding: finding.rows)
    row = f", line {worst.row}" if worst.row else ""
    return f"Most were dropped because {worst.column} {worst.what} ({worst.file}{row}: {worst.value!r}). {worst.mend}"
