"""From the statements of a graph to its facts, with labels beside what they name; what describes words is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from kgrec_core.data.formats.rdf_statements import KIND, LANGUAGE, LITERAL, OBJECT, PREDICATE, SUBJECT
from kgrec_core.data.ledger import PROVENANCE, Ledger
from kgrec_core.data.values.addresses import last_part
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL

_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_OWL, _SKOS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#"
_LABELS = (
    f"{_SKOS}prefLabel",
    f"{_RDFS}label",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
)
_TYPE, _FIRST, _REST, _NIL = f"{_RDF}type", f"{_RDF}first", f"{_RDF}rest", f"{_RDF}nil"
_WORDS = (_RDF, _RDFS, _OWL)  # vocabularies that describe other vocabularies
_ABOUT_PAGES = frozenset(
    "altlabel hiddenlabel isprimarytopicof wasderivedfrom depiction thumbnail image homepage page url sameas "
    "exactmatch closematch wikipageid wikipagerevisionid wikipagewikilink wikipageexternallink wikipageredirects "
    "wikipagelength wikipageusestemplate wikipagedisambiguates versioninfo inscheme topconceptof hastopconcept license "
    "datemodified modified seealso isdefinedby abouturl dateissued sitelinks identifiers".split()
)
_MOST_MEMBERS = 10_000  # of a list in a graph

_UNNAMED = "describes a thing without a name or an address"
_ABOUT_WORDS = "describes the words of the graph, and no thing"
_NO_FACT = "points to a page, a picture or the same thing elsewhere"
_OTHER_LANGUAGE = "says the same in another language"


def facts_of(statements: pd.DataFrame, name: str, language: str, ledger: Ledger) -> pd.DataFrame:
    """Facts with head, relation, tail, head_label, tail_label and provenance; an empty label is "".

    A relation that has a label is called by it. Every statement that is no fact and no label is in the ledger.
    """
    naming = statements[PREDICATE].isin(_LABELS) & (statements[KIND] == LITERAL)
    labels = _labels(statements[naming], language)
    rows = statements[~naming]
    ledger.read(name, "triples", len(rows))
    if naming.any():
        ledger.note(name, f"{int(naming.sum()):,} of its statements give names to things; they were read as labels")
    rows = _without(rows, _describes_words(rows), _ABOUT_WORDS, ledger)
    rows = _without(rows, _per_value(rows[PREDICATE], _is_about_pages), _NO_FACT, ledger)
    rows = _without(rows, _in_another_language(rows, language), _OTHER_LANGUAGE, ledger)
    rows = _followed(rows, labels, name, ledger)
    return _table(rows, labels)


def _table(rows: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    subjects, literal = rows[SUBJECT], rows[KIND] == LITERAL
    unnamed = subjects.str.startswith("_:")
    head_label = subjects.map(labels).fillna("")
    told = rows[OBJECT].map(labels).fillna("")
    return pd.DataFrame(
        {
            HEAD: subjects.where(~unnamed, head_label),
            RELATION: _per_value(rows[PREDICATE], lambda address: _relation(address, labels)),
            TAIL: rows[OBJECT].where(~rows[OBJECT].str.startswith("_:") | literal, told),
            HEAD_LABEL: head_label,
            TAIL_LABEL: rows[OBJECT].where(literal, told),
            **{column: rows[column] for column in PROVENANCE},
        }
    ).reset_index(drop=True)


def _relation(address: str, labels: Mapping[str, str]) -> str:
    """Its label, that of the thing which a direct property of Wikidata stands for, else its address."""
    if address in labels:
        return labels[address]
    if "/prop/" in address:
        return labels.get(f"{address.partition('/prop/')[0]}/entity/{last_part(address)}", address)
    return address


def _labels(naming: pd.DataFrame, language: str) -> Mapping[str, str]:
    """The best label of each thing: by language, then by property."""
    told = naming[LANGUAGE].str.partition("-")[0] if len(naming) else naming[LANGUAGE]
    rank = np.select([told == language, told == "en", told == ""], [0, 1, 2], 3)
    kind = naming[PREDICATE].map({address: place for place, address in enumerate(_LABELS)})
    best = naming.assign(rank=rank, kind=kind).sort_values(["rank", "kind"], kind="stable").drop_duplicates(SUBJECT)
    best = best[best[OBJECT].str.strip() != ""]
    return dict(zip(best[SUBJECT], best[OBJECT].str.strip(), strict=True))


def _describes_words(rows: pd.DataFrame) -> pd.Series:
    """Statements about classes and properties, and types that are words of RDF itself."""
    of_words = _per_value(rows[OBJECT], lambda text: text.startswith(_WORDS)) & (rows[KIND] != LITERAL)
    typed = (rows[PREDICATE] == _TYPE) & of_words
    things = rows[OBJECT].isin([f"{_OWL}NamedIndividual", f"{_OWL}Thing", f"{_RDFS}Resource"])
    words = rows.loc[typed & ~things, SUBJECT]
    grammar = _per_value(
        rows[PREDICATE],
        lambda text: text.startswith(_WORDS) and text not in (_TYPE, _FIRST, _REST, f"{_RDFS}comment", f"{_OWL}sameAs"),
    )
    return typed | rows[SUBJECT].isin(words) | (grammar & ~_per_value(rows[PREDICATE], _is_about_pages))


def _is_about_pages(address: str) -> bool:
    return last_part(address).lower() in _ABOUT_PAGES


def _in_another_language(rows: pd.DataFrame, language: str) -> pd.Series:
    """Texts that stand in the language asked for as well, or else in English."""
    marked = (rows[KIND] == LITERAL) & (rows[LANGUAGE] != "")
    again: pd.Series = pd.Series(False, index=rows.index)
    for wanted in dict.fromkeys((language, "en")):
        texts = rows[marked & ~again]
        own = texts[LANGUAGE].str.partition("-")[0] == wanted if len(texts) else pd.Series(dtype=bool)
        pairs = pd.MultiIndex.from_frame(texts[[SUBJECT, PREDICATE]])
        said = pairs.isin(pairs[own.to_numpy(dtype=bool)])
        again |= pd.Series(said & ~own.to_numpy(dtype=bool), index=texts.index).reindex(rows.index, fill_value=False)
    return again


def _followed(rows: pd.DataFrame, labels: Mapping[str, str], name: str, ledger: Ledger) -> pd.DataFrame:
    """Facts that end at a thing without an address end at what it lists or at the one thing that it leads to."""
    unnamed = rows[SUBJECT].str.startswith("_:") & ~rows[SUBJECT].isin(list(labels))
    ends = (rows[KIND] != LITERAL) & rows[OBJECT].str.startswith("_:") & ~rows[OBJECT].isin(list(labels))
    if not (unnamed | ends).any():
        return rows
    inner = _Inner(rows[unnamed])
    found = [
        (index, *end) for index, node in rows.loc[ends & ~unnamed, OBJECT].items() for end in inner.ends(str(node))
    ]
    led = pd.DataFrame(found, columns=["index", OBJECT, KIND], dtype=object).drop_duplicates("index", keep="first")
    more = pd.DataFrame(found, columns=["index", OBJECT, KIND], dtype=object)
    more = more[more.duplicated("index")]
    nowhere = ends & ~unnamed & ~rows.index.isin(led["index"])
    rows_kept = _without(rows, unnamed | nowhere, _UNNAMED, ledger).copy()
    rows_kept.loc[led["index"], [OBJECT, KIND]] = led[[OBJECT, KIND]].to_numpy()
    if not len(more):
        return rows_kept
    ledger.holds_more(name, len(more), "facts")
    extra = rows_kept.loc[more["index"]].assign(**{OBJECT: more[OBJECT].to_numpy(), KIND: more[KIND].to_numpy()})
    return pd.concat([rows_kept, extra], ignore_index=True)


class _Inner:
    """What things without an address lead to."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._of: dict[str, list[tuple[str, str, str]]] = {}
        for subject, predicate, thing, kind in zip(
            rows[SUBJECT], rows[PREDICATE], rows[OBJECT], rows[KIND], strict=True
        ):
            if predicate != _TYPE:
                self._of.setdefault(subject, []).append((predicate, thing, kind))

    def ends(self, node: str) -> list[tuple[str, str]]:
        """(thing, kind) of the members of a list, or of the only thing said of the node; none for anything richer."""
        said = self._of.get(node, [])
        if len(said) == 1 and not said[0][1].startswith("_:"):
            return [said[0][1:]]
        members: list[tuple[str, str]] = []
        seen: set[str] = set()
        while node not in seen and len(members) < _MOST_MEMBERS:
            seen.add(node)
            parts = {predicate: (thing, kind) for predicate, thing, kind in self._of.get(node, [])}
            if _FIRST in parts and not parts[_FIRST][0].startswith("_:"):
                members.append(parts[_FIRST])
            node = parts.get(_REST, (_NIL, ""))[0]
        return members


def _without(rows: pd.DataFrame, bad: pd.Series, why: str, ledger: Ledger) -> pd.DataFrame:
    if not bad.any():
        return rows
    ledger.drop(rows[bad].drop(columns=[KIND, LANGUAGE]), PREDICATE, why, "Nothing to do.", "note")
    return rows[~bad]


def _per_value(column: pd.Series, make: Callable[[str], object]) -> pd.Series:
    codes, values = pd.factorize(column)
    made = np.array([make(value) for value in values], dtype=object)
    found = pd.Series(made[codes] if len(made) else [], index=column.index, dtype=object)
    return found.astype(bool) if len(made) and isinstance(made[0], bool) else found
