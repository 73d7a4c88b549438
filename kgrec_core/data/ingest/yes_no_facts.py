"""Columns of yes and no: the name of the column is the fact, "is_vegan" says vegan, and "no" says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from kgrec_core.data.ingest.column_relations import singular, words_of
from kgrec_core.data.values.missing import is_missing
from kgrec_core.data.values.yes_no import as_yes_no

FLAGS = "flags"
_MANY = 3  # columns of yes and no beside each other that are one relation
_GENRES = frozenset(
    """action adventure animation children childrens comedy crime documentary drama fantasy filmnoir horror musical
    mystery romance scifi sciencefiction thriller war western family biography history sport music indie rpg strategy
    simulation puzzle shooter racing casual rock pop jazz blues classical country electronic hiphop metal folk reggae
    soul punk poetry nonfiction fiction""".split()
)
_STARTS: Mapping[str, str] = {"is": "quality", "are": "quality", "has": "has", "have": "has", "with": "has"}


def yes_of(texts: pd.Series) -> pd.Series | None:
    """Whether each cell says yes; None for a column that holds anything else."""
    filled = texts[texts != ""]
    if not len(filled):
        return None
    cells = set(filled.unique().tolist()) if filled.nunique() <= 4 else {"2"}
    if cells <= {"0", "1", "0.0", "1.0"}:
        return texts.isin(["1", "1.0"])
    read = as_yes_no(texts) if filled.nunique() <= 4 else None
    if read is None or (filled.nunique() > 1 and not (read == 0).any()):  # "x" and "y" are two letters
        return None
    return read == 1


def flag_relations(columns: Mapping[str, pd.Series]) -> dict[str, tuple[str, str]]:
    """Column of yes and no -> its relation and what it says of an item. columns: name -> cells, in order.

    Three or more beside each other are one relation: that of the word they begin with, genre where they are genres,
    else feature.
    """
    groups: list[list[str]] = [[]]
    for name, texts in columns.items():
        words = words_of(name)
        if yes_of(texts) is None:
            groups.append([])
        elif len(words) > 1 and words[0] in _STARTS:
            groups += [[name], []]
        else:
            groups[-1].append(name)
    return {name: said for group in groups for name, said in _of_group(group).items()}


def _of_group(group: Sequence[str]) -> dict[str, tuple[str, str]]:
    own = [name for name in group if words_of(name)[:1] and words_of(name)[0] in _STARTS and len(words_of(name)) > 1]
    rest = [name for name in group if name not in own]
    said = {name: (_STARTS[words_of(name)[0]], flag_word(name, "")) for name in own}
    if len(rest) < _MANY:
        return {**said, **{name: ("mark", _spoken(name)) for name in rest}}
    first = _common_start(rest)
    named = singular("_".join(words_of(first))) if first else ""
    words = ["".join(words_of(name[len(first) :])) for name in rest]
    genres = sum(word in _GENRES for word in words)
    relation = named or ("genre" if genres >= 2 and genres >= 0.3 * len(rest) else "feature")
    return {**said, **{name: (relation, flag_word(name, relation)) for name in rest}}


def _common_start(names: Sequence[str]) -> str:
    """The word with which all names begin, and the sign behind it: "genre_"; "" for none."""
    found = re.match(r"[^\W_]+[_.: -]+", names[0])
    return found[0] if found and all(name.startswith(found[0]) for name in names) else ""


def flag_word(column: str, relation: str) -> str:
    """What a column of yes and no says of an item.

    >>> flag_word("is_vegan", "quality"), flag_word("genre_Action", "genre"), flag_word("Sci-Fi", "genre")
    ('vegan', 'Action', 'Sci-Fi')
    """
    words = words_of(column)
    if len(words) > 1 and words[0] in _STARTS:
        return " ".join(words[1:])
    found = re.match(r"([^\W_]+)[_.: -]+(?=\S)", column)
    return _spoken(column[found.end() :] if found and singular(found[1].casefold()) == relation else column)


def _spoken(name: str) -> str:
    """As it is written, where that is words."""
    text = name.replace("_", " ").strip()
    return " ".join(words_of(name)) if re.search(r"[a-z][A-Z]", text) else " ".join(text.split())


def tells_nothing(word: str) -> bool:
    """Whether a column is named for what is not known, "unknown", or by no word."""
    return bool(is_missing(pd.Series([word])).iloc[0]) or not any(letter.isalpha() for letter in word)
