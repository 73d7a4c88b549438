"""From rows of head, relation and tail to facts about items: whose they are, what they end at, how they are called."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from kgrec_core.data.attribute_triples import entity_id
from kgrec_core.data.ingest.column_values import need, tidy
from kgrec_core.data.ingest.fact_values import usable
from kgrec_core.data.ingest.item_names import ItemNames, found
from kgrec_core.data.ingest.normal_labels import normal
from kgrec_core.data.ingest.relation_names import fact_relation, read_as, relation_name
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger
from kgrec_core.data.masking import per_value
from kgrec_core.data.values.addresses import is_address, read_label, unwrapped
from kgrec_core.domain import Domain
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE

_COLUMNS = [HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL, *PROVENANCE]
_NOTHING = "Nothing to do."
_TURNED, _ITEM_TAIL, _THING = "_turned", "_item_tail", "_thing"
_BETWEEN_ITEMS = re.compile(
    r"(?:.*_)?(?:similar|also|related|previous|next|preceding|subsequent|sequel|prequel|part|bought|viewed|complements?|"
    r"accessor(?:y|ies)|variants?|same|follows|followed|goes|together|recommended|cites?|references?|links?|based|"
    r"inspired|influenced)(?:_.*)?"
)
_ITEM_SHARE = 0.5  # of the different ends of a relation that are items, from which on it is one between items
_CONSTANT, _FEW = 0.9, 10  # share of the items, and the least number of facts, that make a relation say nothing


def fact_rows(frame: pd.DataFrame | None, items: pd.DataFrame, domain: Domain, ledger: Ledger) -> pd.DataFrame:
    """Facts about items in the columns of the contract, with provenance; every other row is in the ledger.

    frame: head, relation, tail, and head_label and tail_label where they are known
    """
    if frame is None or not len(frame):
        return pd.DataFrame(columns=_COLUMNS, dtype=object)
    wanted = [name for name in (HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL) if name in frame]
    cleaned = {name: per_value(tidy(frame[name]), unwrapped) for name in wanted}
    frame = frame[[*wanted, *PROVENANCE]].assign(**cleaned).reset_index(drop=True)
    for label in (HEAD_LABEL, TAIL_LABEL):
        frame = frame.assign(**{label: frame[label].fillna("") if label in frame else ""})
    frame = need(frame, (HEAD, RELATION, TAIL), ledger)
    names = ItemNames(items)
    frame = _of_items(frame, names, ledger)
    if not len(frame):
        return pd.DataFrame(columns=_COLUMNS, dtype=object)
    _tell_alike(frame, ledger)
    frame = _ending_at_items(_named(frame), items, names)
    frame = usable(frame, frame[_THING], frame[_ITEM_TAIL], ledger)
    frame = frame.assign(**{TAIL: _tail_ids(frame, items, domain)})
    frame = _without_repeats(frame, ledger)
    frame = _without_constants(frame, items, ledger)
    titles = items.set_index(ITEM)[TITLE]
    return frame.assign(**{HEAD_LABEL: frame[HEAD].map(titles)})[_COLUMNS]


def _of_items(frame: pd.DataFrame, names: ItemNames, ledger: Ledger) -> pd.DataFrame:
    """Facts whose head is an item; those that end at an item are turned round, those of nobody are dropped."""
    own = found(frame[HEAD], names.by_id)
    exact = (own != "").groupby(frame[FILE].astype(str)).transform("any")
    by_part = found(frame[HEAD], names.by_part).where(~exact, found(frame[HEAD], names.by_address))
    parted = (own == "") & (by_part != "")
    own = own.where(~parted, by_part)
    cased = own.where(own != "", found(frame[HEAD], names.by_case).where(~exact, ""))
    ends = found(frame[TAIL], names.by_id)
    by_address = found(frame[TAIL], names.by_address).where(exact, found(frame[TAIL], names.by_part))
    ends = ends.where(ends != "", by_address)
    titled = found(frame[HEAD], names.by_title)
    titled = titled.where(titled != "", found(frame[HEAD_LABEL], names.by_title))
    head = cased.where(cased != "", titled)
    turned = (head == "") & (ends != "")
    _tell(frame, parted, HEAD, "names an item by the last part of an address", ledger)
    _tell(frame, (cased != "") & (own == ""), HEAD, "names an item in other letters, small or capital", ledger)
    _tell(frame, (cased == "") & (titled != ""), HEAD, "names an item by its title", ledger)
    _tell(frame, turned, HEAD, "the fact ends at an item and was turned round", ledger)
    frame = _without_nobody(frame, (head == "") & ~turned, head != "", ledger)
    head, ends, turned = head[frame.index], ends[frame.index], turned[frame.index]
    return frame.assign(
        **{
            HEAD: head.where(~turned, ends),
            TAIL: frame[TAIL].where(~turned, frame[HEAD]),
            TAIL_LABEL: frame[TAIL_LABEL].where(~turned, frame[HEAD_LABEL]),
            _TURNED: turned,
            _ITEM_TAIL: (ends != "") & ~turned,
            "_end": ends.where(~turned, ""),
        }
    )


def _tell(frame: pd.DataFrame, rows: pd.Series, column: str, what: str, ledger: Ledger) -> None:
    if rows.any():
        ledger.keep(frame[rows], column, what, _NOTHING, "note")


def _without_nobody(frame: pd.DataFrame, nobody: pd.Series, known: pd.Series, ledger: Ledger) -> pd.DataFrame:
    """Facts about what items point to, such as where a director was born, are dropped with a note, others warned of."""
    if not nobody.any():
        return frame
    pointed = nobody & frame[HEAD].isin(frame.loc[known, TAIL])
    if pointed.any():
        what = "is no item, but something that items point to; only facts about items are used"
        ledger.drop(frame[pointed], HEAD, what, _NOTHING, "note")
    strange = nobody & ~pointed
    if strange.any():
        mend = "Correct the head, or add it to the table of items. Facts about other things are not used."
        ledger.drop(frame[strange], HEAD, "is no item", mend)
    return frame[~nobody]


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    plain = per_value(frame[RELATION], fact_relation)
    active = per_value(frame[RELATION], partial(fact_relation, turned=True))
    return frame.assign(
        **{
            RELATION: plain.where(~frame[_TURNED], active),
            _THING: frame[TAIL].map({value: is_address(value) for value in frame[TAIL].unique()}),
            TAIL_LABEL: frame[TAIL_LABEL].where(frame[TAIL_LABEL] != "", per_value(frame[TAIL], read_label)),
        }
    )


def _ending_at_items(frame: pd.DataFrame, items: pd.DataFrame, names: ItemNames) -> pd.DataFrame:
    """Facts between items are labelled by the title of the item; a number that is the id of one by chance is none."""
    for relation, rows in frame.groupby(RELATION, sort=False):
        ends = rows.drop_duplicates(TAIL)
        numbers = ends.loc[ends[_ITEM_TAIL], TAIL].str.isdecimal().mean() > _ITEM_SHARE
        named = _BETWEEN_ITEMS.fullmatch(read_as(str(relation))) is not None
        if not named and (ends[_ITEM_TAIL].mean() < _ITEM_SHARE or numbers):
            frame.loc[rows.index, _ITEM_TAIL] = False
    titles = items.set_index(ITEM)[TITLE]
    label = frame["_end"].map(titles)
    return frame.assign(**{TAIL_LABEL: frame[TAIL_LABEL].where(~frame[_ITEM_TAIL], label)})


def _tail_ids(frame: pd.DataFrame, items: pd.DataFrame, domain: Domain) -> pd.Series:
    """Ids as those of attributes have: "type:normalised label", so that one thing is one node.

    Of items with one title, each is a node of its own.
    """
    kinds = per_value(frame[RELATION], lambda name: domain.phrase(read_as(name)).entity_type)
    made = frame[TAIL_LABEL].copy()
    shared = set(items.loc[items[TITLE].map(normal).duplicated(keep=False), ITEM])
    own = frame["_end"].where(frame["_end"].isin(shared) & frame[_ITEM_TAIL], "")
    made = made.where(own == "", own)
    for kind in pd.unique(kinds):
        rows = kinds == kind
        made[rows] = per_value(made[rows], partial(entity_id, str(kind)))
    return made


def _without_repeats(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    again = frame.duplicated([HEAD, RELATION, TAIL])
    if again.any():
        ledger.merge(frame[again], TAIL, "the same fact stood in an earlier row", _NOTHING)
    return frame[~again]


def _without_constants(frame: pd.DataFrame, items: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Without relations by which nearly all items have the same."""
    relations = frame.groupby(RELATION)
    sizes, ends = relations[HEAD].nunique(), relations[TAIL].nunique()
    same = sizes.index[(ends == 1) & (sizes > _FEW) & (sizes >= _CONSTANT * len(items))]
    rows = frame[RELATION].isin(same)
    if rows.any():
        ledger.drop(frame[rows], TAIL_LABEL, "is said of nearly every item, so it tells none apart", _NOTHING, "note")
    return frame[~rows]


def _tell_alike(frame: pd.DataFrame, ledger: Ledger) -> None:
    """Notes relations of different names of which only the ends count, and these are alike."""
    spelled: dict[str, list[str]] = {}
    for raw in frame[RELATION].unique():
        spelled.setdefault(relation_name(raw), []).append(raw)
    for relation, names in spelled.items():
        if len({name.casefold() for name in names}) > 1:
            what = f"{', '.join(map(repr, names[:5]))} become one relation, {relation!r}, since their names end alike"
            rows = frame[frame[RELATION].isin(names)]
            ledger.keep(rows, RELATION, what, "Rename one of them, if they say different things.", "note")
