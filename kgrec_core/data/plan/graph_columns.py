"""Which columns of a table are the parts of a fact: by their names, else by what meets the ids of items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.values.addresses import last_part, share_of_addresses
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL

_HEADS = frozenset(
    """s subj subject subjectid head h headid headentity source sourceid src from fromid start startid startnode node1
    entity1 e1 entity entityid item itemid product productid movie movieid film book track song subjekt sujet sujeto
    soggetto 主语 头实体""".split()
)
_RELATIONS = frozenset(
    """p pred predicate predicateid relation relationid relationtype relationship reltype rel r edge edgetype edgelabel
    type label link linktype property propertyname propertyid attribute attributename predikat beziehung prédicat
    predicado relación relazione 谓语 关系""".split()
)
_TAILS = frozenset(
    """o obj object objectid tail t tailid tailentity target targetid dst dest destination to toid end endid endnode
    node2 entity2 e2 value objekt objet objeto oggetto 宾语 尾实体""".split()
)
_SURE_HEADS = frozenset("s subj subject subjectid head h headid headentity start startid startnode entity1 e1".split())
_SURE_TAILS = frozenset("o obj object objectid tail t tailid tailentity end endid endnode entity2 e2".split())
_PROPERTIES = frozenset(
    """property propertyname propertyid prop attribute attributename attributeid attr attrname feature featurename
    characteristic key fieldname field specification spec eigenschaft merkmal attribut propriété caractéristique
    propiedad atributo proprietà característica 属性 属性名""".split()
)
_VALUES = frozenset(
    """value val values propertyvalue attributevalue attrvalue featurevalue content wert valeur valor valore
    属性值 值""".split()
)
_TIMES = frozenset("timestamp time date datetime ts changed modified updated createdat updatedat".split())
_PEOPLE = re.compile(r"user|friend|trust|follower|followee|member|customer|person|kunde|visitor|reviewer|freund")
_LINKED = re.compile(
    r"similar|related|also_?bought|also_?viewed|sequel|prequel|complement|accessor(?:y|ies)|variant|next|previous"
)
_CALLED = ("name", "label", "title")
_MEETS = 0.3  # share of the different cells that are ids of items, from which on a column is of items
_SURELY = 0.02  # where the names of the columns say it
_MOST_RELATIONS, _ROWS_EACH = 200, 3


@dataclass(frozen=True, slots=True)
class TripleColumns:
    """The columns of the parts; "" for what the table has not. always: the relation where it is that of the table."""

    head: str
    relation: str
    tail: str
    why: str
    head_label: str = ""
    tail_label: str = ""
    time: str = ""
    always: str = ""


def folded(column: str) -> str:
    """A name of a column as it is compared: ":START_ID(Movie)" is "startid".

    >>> folded(":START_ID(Movie)"), folded("?itemLabel"), folded("Object (Label)")
    ('startid', 'itemlabel', 'object')
    """
    plain = re.sub(r"\([^()]*\)", "", column).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def meets(column: pd.Series, ids: frozenset[str]) -> float:
    """Share of the different filled cells that are ids of items, by themselves or at the end of an address."""
    cells = column[column != ""].unique()[:20_000]
    return float(np.mean([cell in ids or last_part(cell) in ids for cell in cells])) if len(cells) else 0.0


def triple_columns(raw: RawTable, ids: frozenset[str]) -> TripleColumns | None:
    """The parts of facts in a table that has three columns for them."""
    return _by_name(raw, ids) if raw.named else _by_values(raw, ids)


def said_columns(raw: RawTable, guess: TripleColumns | None, said: Mapping[str, str]) -> TripleColumns | None:
    """The parts as a person chose them, else as guessed, else by position; None where a table has too few columns.

    said: column -> meaning. Raises DataError for a table that was given for facts and cannot be read so.
    """
    places = {meaning: column for column, meaning in said.items()}
    free = iter([name for name in raw.columns if name not in said])
    parts = []
    for meaning in (HEAD, RELATION, TAIL):
        known = getattr(guess, meaning, "") if guess else ""
        parts.append(places.get(meaning) or (known if known and known not in said else next(free, "")))
    if len(raw.columns) < 3 or "" in parts or len(set(parts)) < 3:
        if raw.role != "triples":
            return None
        have = ", ".join(map(repr, raw.columns))
        raise DataError(
            f"{raw.name}: a fact has a head, a relation and a tail; there are {have}. "
            "Give three columns, and say --map COLUMN=head, COLUMN=relation and COLUMN=tail where it is not clear."
        )
    why = "chosen" if said else "the first three columns"
    return TripleColumns(parts[0], parts[1], parts[2], why, places.get(HEAD_LABEL, ""), places.get(TAIL_LABEL, ""))


def _by_name(raw: RawTable, ids: frozenset[str]) -> TripleColumns | None:
    names = {name: folded(name) for name in raw.columns}
    able = [name for name, plain in names.items() if plain in _RELATIONS and not _tells_direction(raw.frame[name])]
    relation = next(iter(able), "")
    head = next((name for name, plain in names.items() if plain in _HEADS and name != relation), "")
    tail = next((name for name, plain in names.items() if plain in _TAILS and name not in (relation, head)), "")
    if not (relation and head and tail) or any(_PEOPLE.search(names[name]) for name in (head, tail)):
        return None
    share = max(meets(raw.frame[head], ids), meets(raw.frame[tail], ids))
    sure = names[head] in _SURE_HEADS and names[tail] in _SURE_TAILS
    people = any(map(_PEOPLE.search, (*names.values(), raw.stem)))
    if not sure and (share < _SURELY or people):
        return None
    return TripleColumns(
        head, relation, tail, "its columns are called as the parts of facts are",
        _label_of(raw, names, head), _label_of(raw, names, tail),
    )  # fmt: skip


def _tells_direction(cells: pd.Series) -> bool:
    """Whether a column only says that edges have a direction or none."""
    return set(cells.str.casefold().unique()) <= {"directed", "undirected", "mutual", ""}


def _label_of(raw: RawTable, names: dict[str, str], part: str) -> str:
    """The column that names what stands in another: "subject_label", "tail_name"."""
    stem = names[part].removesuffix("id")
    return next((name for name, plain in names.items() if plain in {stem + word for word in _CALLED}), "")


def _by_values(raw: RawTable, ids: frozenset[str]) -> TripleColumns | None:
    """Three columns without names: few relations between two columns of which one holds items."""
    columns = raw.columns
    if len(columns) not in (3, 4) or (len(columns) == 4 and set(raw.frame[columns[3]].unique()) > {"", "."}):
        return None
    first, middle, last = (raw.frame[name] for name in columns[:3])
    kinds, rows = middle.nunique(), len(raw.frame)
    heads, ends = meets(first, ids), meets(last, ids)
    if max(heads, ends) < _MEETS or kinds > _MOST_RELATIONS or (kinds > 1 and kinds * _ROWS_EACH > rows):
        return None
    if _are_ratings(first, middle, last, ids):
        return None
    once = not first.duplicated().any()
    if once and kinds > 1:  # a row an item: its columns, and no facts
        return None
    why = "it has no header; one end is an item, and the middle is one of few words"
    return TripleColumns(columns[0], columns[1], columns[2], why)


def _are_ratings(first: pd.Series, middle: pd.Series, last: pd.Series, ids: frozenset[str]) -> bool:
    """Whether it is user, item and a grade, or item, user and a grade, rather than two things and a relation."""
    kinds, ends = middle.nunique(), last.nunique()
    numbers = pd.to_numeric(last, errors="coerce").notna().mean() > 0.9
    words = (~middle.str.fullmatch(r"[\w.-]*\d[\w.-]*")).mean() > 0.9 and share_of_addresses(middle) < 0.5
    if words or share_of_addresses(middle) > 0.9:
        return bool(numbers and middle.isin(ids).mean() > 0.5)
    if not numbers:
        return bool(meets(middle, ids) > 0.5 and kinds > 2 * ends)
    covered = len(ids & frozenset(middle.unique())) / max(len(ids), 1)
    times = pd.to_numeric(last, errors="coerce").median() > 1e8
    return bool(ends <= kinds or covered > 0.3 or times or kinds > 60)


def property_columns(raw: RawTable, ids: frozenset[str]) -> TripleColumns | None:
    """A column of items, one of the names of properties, one of their values, with or without a time."""
    if not raw.named:
        return None
    names = {name: folded(name) for name in raw.columns}
    key = next((name for name, plain in names.items() if plain in _PROPERTIES), "")
    value = next((name for name, plain in names.items() if plain in _VALUES and name != key), "")
    rest = [name for name in names if name not in (key, value)]
    if not (key and value and rest) or len(rest) > 3:
        return None
    shares = {name: meets(raw.frame[name], ids) for name in rest if not _PEOPLE.search(names[name])}
    item = max(shares, key=lambda name: shares[name], default="")
    if not item or shares[item] < _SURELY:
        return None
    time = next((name for name in rest if names[name] in _TIMES), "")
    return TripleColumns(item, key, value, f"each row tells one property, {key!r}, of an item", time=time)


def item_link(raw: RawTable, ids: frozenset[str]) -> TripleColumns | None:
    """Two named columns of items: what one item has to do with another, called by the second column or the table."""
    if not raw.named or not 2 <= len(raw.columns) <= 3:
        return None
    first, second = raw.columns[:2]
    plain = folded(first), folded(second)
    if any(map(_PEOPLE.search, (*plain, raw.stem))) or "parent" in plain[1]:
        return None
    shares = [meets(raw.frame[name], ids) for name in (first, second)]
    if min(shares) < 0.5 or raw.frame[first].nunique() < 2:
        return None
    numbers = raw.frame[second].str.isdecimal().mean() > 0.5
    named = re.search(r"similar|related|also|next|prev|sequel|target|to|other|2|b$|item|product|movie|film", plain[1])
    if numbers and not named:
        return None
    return TripleColumns(first, "", second, "both columns hold ids of items", always=_link_name(raw, plain[1]))


def _link_name(raw: RawTable, second: str) -> str:
    word = _LINKED.search(f"{second} {raw.stem}")
    said = {"similar": "similar_to", "related": "related_to", "alsobought": "also_bought", "alsoviewed": "also_viewed"}
    return said.get(word[0], word[0]) if word else "related_to"
