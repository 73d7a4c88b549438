"""Newer rows beside a data set that was imported: cleaned by the same rules, then merged with what is there.

What is known of an item or a person stays, and only empty cells are filled. Of a pair of user and item the latest
rating counts, and counts are added up; a row that is not later than what is known of its pair is there already, so
that a whole export can be given again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.formats.format import Tables
from kgrec_core.data.import_report import AddedRows
from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.ingest.column_values import tidy
from kgrec_core.data.ingest.fact_columns import BANDS, ColumnPlan
from kgrec_core.data.ingest.known_pairs import pairs
from kgrec_core.data.ledger import FILE, ROW, Ledger, concat, with_provenance
from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.data.values.scales import Scale, usual_top
from kgrec_core.schema.columns import HEAD, ITEM, QUANTITY, RELATION, TAIL, TAIL_LABEL, TIMESTAMP, TITLE, USER, VALUE

_THERE = -1  # the ROW of what is there already, while new rows are checked against it
_AGAIN = 0.5  # share of the new pairs that are there already, from which on a file may hold old rows too


@dataclass(frozen=True, eq=False)
class BaseSet:
    """What is added to.

    plans: how its columns became facts · scale: of its ratings, None for counts · plan: of its files ·
    liked_words: words of events that are likes, none where words say nothing
    """

    catalog: Catalog
    plans: tuple[ColumnPlan, ...]
    scale: Scale | None
    plan: ReadingPlan | None = None
    liked_words: tuple[str, ...] = ()

    def with_known(self, tables: Tables) -> Tables:
        """The new tables with the ids that are there, so that no row is taken for one of an unknown item or user."""
        items = self.catalog.items[[ITEM, TITLE]].astype(str)
        users = self.catalog.users
        given = tables.items
        if given is None and (items[TITLE] == items[ITEM]).all() and tables.interactions is not None:
            given = _called_by_id(tables.interactions, items)  # as the import did without a table of items
        return replace(
            tables,
            implicit=tables.implicit or self.counts,  # a few counts may look like a scale
            items=_beside(given, items),
            users=None if tables.users is None else _beside(tables.users, self._people(users)),
        )

    def new_only(self, clean: CleanTables) -> CleanTables:
        """The clean tables without what was there."""
        users = clean.users
        return replace(
            clean,
            items=clean.items[clean.items[ROW] != _THERE],
            users=None if users is None else users[users[ROW] != _THERE],
        )

    def usable(self, plans: tuple[ColumnPlan, ...], items: pd.DataFrame, ledger: Ledger) -> tuple[ColumnPlan, ...]:
        """The plans without bands of numbers, whose ends are those of all items and not of a few."""
        bands = [plan.column for plan in plans if plan.use and plan.binning == BANDS and plan.column in items]
        if bands and len(items):
            ledger.note(
                str(items[FILE].iloc[0]),
                f"{', '.join(map(repr, bands))} becomes no fact of new items, since bands are made of all numbers",
                "Import all files again to have them.",
            )
        return tuple(replace(plan, use=plan.use and plan.binning != BANDS) for plan in plans)

    def check(self, clean: CleanTables, ledger: Ledger) -> CleanTables:
        """The clean rows with values as the data set has them.

        Notes an error for a rating above its scale, and warnings for what cannot be told.
        """
        met, file = clean.interactions, _file(ledger)
        if VALUE in met and VALUE not in self.catalog.interactions:
            ledger.note(file, "the values are not used, since the data set has none")
            met = met.drop(columns=[name for name in (VALUE, QUANTITY) if name in met])
        if self.counts and VALUE not in met:
            met = met.assign(**{VALUE: 1.0})  # once each
        most = float(met[VALUE].max()) if VALUE in met and len(met) else 0.0
        if self.scale is not None and most > usual_top(self.scale.highest):
            what = f"the values go up to {most:g}, and the ratings of the data set to {self.scale.highest:g}"
            ledger.error(file, what, "Give ratings on the same scale.", VALUE)
        again = pairs(met).isin(pairs(self.catalog.interactions))
        if self.counts and TIMESTAMP not in met and again.mean() > _AGAIN:
            ledger.warn(
                file,
                f"{again.mean():.0%} of the pairs of user and item are there already, and their counts were added up",
                "Where the file holds rows that were imported before, import all files again in place of adding.",
            )
        whole = self.scale and replace(self.scale, highest=max(self.scale.highest, most))
        return replace(clean, interactions=met, scale=whole)

    @property
    def counts(self) -> bool:
        """Whether values tell how often or how many."""
        return VALUE in self.catalog.interactions and self.scale is None

    def merged(self, new: Catalog) -> tuple[Catalog, AddedRows]:
        """What is there with what is new, and how much that is."""
        old = self.catalog
        items = _filled(old.items, new.items, ITEM)
        facts = pd.concat([old.triples, new.triples], ignore_index=True).drop_duplicates([HEAD, RELATION, TAIL])
        if len(facts):
            facts = facts.assign(**{TAIL_LABEL: facts.groupby(TAIL, sort=False)[TAIL_LABEL].transform("first")})
        met = _met(old.interactions, new.interactions, self.counts)
        whole = replace(
            old,
            interactions=met,
            items=items,
            triples=facts.reset_index(drop=True),
            users=self._all_people(new),
            sources=tuple(dict.fromkeys((*old.sources, *new.sources))),
        )
        added = AddedRows(
            rows=len(new.interactions),
            interactions=len(met) - len(old.interactions),
            users=len(set(new.interactions[USER]) - set(old.user_vocab.ids)),
            items=len(items) - len(old.items),
            facts=len(facts) - len(old.triples),
        )
        return whole, added

    def _people(self, users: pd.DataFrame | None) -> pd.DataFrame:
        return pd.DataFrame({USER: list(self.catalog.user_vocab.ids)}, dtype=object) if users is None else users[[USER]]

    def _all_people(self, new: Catalog) -> pd.DataFrame | None:
        old = self.catalog.users
        if old is None and new.users is None:
            return None
        met = pd.DataFrame({USER: new.interactions[USER].unique()}, dtype=object)
        given = met if new.users is None else _filled(new.users, met, USER)
        return _filled(self._people(None) if old is None else old, given, USER)


def _met(old: pd.DataFrame, new: pd.DataFrame, counts: bool) -> pd.DataFrame:
    """One row a pair, those that are there in their places; new ones win, their counts are added up."""
    columns = list(dict.fromkeys([*old.columns, *new.columns]))
    both = pd.concat([old, new], ignore_index=True)[columns]
    amounts = [name for name in (VALUE, QUANTITY) if name in both] if counts else []
    groups = both.groupby([USER, ITEM], sort=False)
    made: Mapping[str, pd.Series] = {name: groups[name].transform("sum", min_count=1) for name in amounts}
    latest = both.assign(**made).drop_duplicates([USER, ITEM], keep="last")
    places = both.drop_duplicates([USER, ITEM])[[USER, ITEM]]
    return places.merge(latest, on=[USER, ITEM], how="left", sort=False)[columns].reset_index(drop=True)


def _filled(old: pd.DataFrame, new: pd.DataFrame, key: str) -> pd.DataFrame:
    """The old rows with empty cells filled, then new ones."""
    columns = list(dict.fromkeys([*old.columns, *new.columns]))
    again = new[new[key].isin(old[key])].set_index(key).reindex(old[key])
    made = old.reindex(columns=columns)
    for name in columns:
        if name != key and name in again and len(again):
            cells = pd.Series(again[name].to_numpy(), index=old.index)
            empty = made[name].isna() | (made[name] == "")
            made[name] = made[name].where(~empty, cells)
    more = new[~new[key].isin(old[key])].reindex(columns=columns)
    whole = pd.concat([made, more], ignore_index=True)
    texts = [name for name in columns if whole[name].dtype == object]
    return whole.assign(**{name: whole[name].where(whole[name].notna(), "") for name in texts})


def _called_by_id(met: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    ids = [each for each in tidy(met[ITEM]).unique() if each and each not in set(known[ITEM])]
    return with_provenance(pd.DataFrame({ITEM: ids, TITLE: ids}, dtype=object), "", [0] * len(ids))


def _beside(given: pd.DataFrame | None, known: pd.DataFrame) -> pd.DataFrame:
    there = with_provenance(known, "", [_THERE] * len(known))
    return there if given is None else concat([given, there])


def _file(ledger: Ledger) -> str:
    return next((account.file for account in ledger.accounts() if account.table == "interactions"), "")
