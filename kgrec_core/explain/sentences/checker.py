"""Nothing is said that is not stored: each word of a sentence is a cited name, a cited number, or says nothing new.

Every fact is looked up by its id where it is stored, not where the sentence was made. The list of what may be said is
closed. A word that is none of a cited fact, of the field's own words (of a relation only where it is cited) or of the
connecting words below makes the sentence wrong, whatever it was meant to say. So an invented name, number, relation or
"not" is refused without a list of all names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np
from torch import Tensor

from kgrec_core.domain import Domain
from kgrec_core.errors import UnknownIdError
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, REQUEST, REQUEST_FACTS, BranchWords, DisplayNames
from kgrec_core.explain.sentences.numbers_in_words import percent, two_decimals
from kgrec_core.schema.explanation import Explanation, Sentence

HISTORY, LIKES, READ = "history:", "likes:", "read:"
CONNECTING = frozenset(
    """a about above add adds after against alike all alone also among an and another any are around as asked at away
    base be because been before best both but by can carries chance chosen come comes connected counted data
    description different do each either enjoyed every fact facts fall falls find first for found from gave give
    given gives had has have here history how if in into is it its known leads less like liked likely likes line
    list lost main mainly many means met more most mostly much name named new next number of often on one only or
    other others our out own people pick place points popular popularity random rank rated read reason reasons
    recommend recommended same score see seen share shared she show shows since so some speak speaks start starts
    strongest such suggest suggested take taken takes text texts than that the their them then there these they
    things this those time title titles to together too two up us user value was we well were what when where which
    while who will with within without words would you your""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"[+\-−±]?\d+(?:[.,]\d+)*%?")


@dataclass(frozen=True, slots=True)
class StoredFact:
    """labels: names that it may be told by · numbers: as they may be written · relation: of an edge, else empty ·
    liked: False only for an event that is no like · clauses: words of its own that it may be told in
    """

    labels: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    relation: str = ""
    liked: bool = True
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class StoredFacts:
    """Facts about one user, the catalogue, and the figures of one explanation."""

    user: UserContext
    display: DisplayNames
    figures: Mapping[str, StoredFact] = field(default_factory=dict)

    def find(self, name: str) -> StoredFact | None:
        """The fact of an id; None when nothing of that id is stored."""
        if name in self.figures:
            return self.figures[name]
        if name == REQUEST:
            return None if self.user.request is None else StoredFact()
        if name.startswith(f"{REQUEST_FACTS}|"):
            return self._asked(name)
        between = self.user.recommender.between
        looks: dict[str, Callable[[str], StoredFact | None]] = {
            HISTORY: self._event,
            LIKES: self._likes,
            READ: self._read,
        }
        for branch, theirs in between.items():
            looks[BRANCH_WORDS[branch].link] = partial(self._linked, BRANCH_WORDS[branch], theirs)
        for prefix, look in looks.items():
            if name.startswith(prefix):
                return look(name.removeprefix(prefix))
        return next((fact for fact in map(self._edge, _edges(name, self.display.graph.relation_names)) if fact), None)

    def _item(self, name: str) -> int:
        """Index of an item; -1 when there is none."""
        try:
            return self.display.catalog.item_vocab.index(name)
        except UnknownIdError:
            return -1

    def _event(self, name: str) -> StoredFact | None:
        item = self._item(name)
        place = np.flatnonzero(self.user.items == item)
        return (
            StoredFact((self.display.title(item),), liked=bool(self.user.weights[place[0]] == 1))
            if len(place)
            else None
        )

    def _likes(self, name: str) -> StoredFact | None:
        item = self._item(name)
        numbers = (str(self.display.liked_by(item)), str(self.display.users))
        return StoredFact((self.display.title(item),), numbers) if item >= 0 else None

    def _read(self, name: str) -> StoredFact | None:
        """The text of an item, as the model reads it."""
        item = self._item(name)
        return StoredFact((self.display.title(item), self.display.text_of(item))) if item >= 0 else None

    def _linked(self, words: BranchWords, theirs: Tensor, name: str) -> StoredFact | None:
        """Two items, joined by "|", that these (items, items) weights or likenesses of the model link."""
        one, _, other = name.partition("|")
        ends = self._item(one), self._item(other)
        linked = min(ends) >= 0 and float(theirs[ends]) > 0
        clauses = (words.clause(self.display.domain, self.display.has_bursts, second) for second in (False, True))
        return StoredFact(tuple(map(self.display.title, ends)), clauses=tuple(clauses)) if linked else None

    def _asked(self, name: str) -> StoredFact | None:
        """A fact that the request names."""
        graph, facts = self.display.graph, None if self.user.request is None else self.user.request.facts
        for _, relation, tail in _edges(name, graph.relation_names):
            if facts is not None and tail in graph.entities:
                entity, kind = graph.entities.index(tail), graph.relation_names.index(relation)
                if bool(((facts.entities == entity) & (facts.relations == kind)).any()):
                    return StoredFact((graph.labels[entity],), relation=relation)
        return None

    def _edge(self, triple: tuple[str, str, str]) -> StoredFact | None:
        head, relation, tail = triple
        graph, item = self.display.graph, self._item(head)
        if item < 0 or tail not in graph.entities:
            return None
        edges, entity = graph.edges_of(item), graph.entities.index(tail)
        named = graph.relations[edges] == graph.relation_names.index(relation)
        if not (named & (graph.tails[edges] == entity)).any():
            return None
        return StoredFact((self.display.title(item), graph.labels[entity]), relation=relation)


def _edges(name: str, relations: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Ways to read head|relation|tail; an id may hold a bar of its own."""
    for relation in relations:
        head, found, tail = name.partition(f"|{relation}|")
        if found:
            yield head, relation, tail


def figures(explanation: Explanation, rivals: int) -> dict[str, StoredFact]:
    """The numbers of an explanation by id, as they are written in sentences; `rivals`: how many items
    it is ranked among.
    """
    said = {
        "rank": StoredFact((explanation.item.title,), (str(explanation.rank), str(rivals))),
        "score": StoredFact(numbers=(two_decimals(explanation.score),)),
        "base": StoredFact(numbers=(two_decimals(explanation.base),)),
        "attribution_error": StoredFact(numbers=(f"{explanation.attribution_error:.3f}",)),
    }
    for kind in ("history", "facet", "text", "words", "popularity"):
        said[f"sum:{kind}"] = StoredFact(numbers=(two_decimals(abs(sum_of(explanation, kind))),))
    for part in explanation.attributions:
        said[f"attribution:{part.player}"] = StoredFact((part.label,), (f"{part.value:+z.2f}",))
    for number, path in enumerate(explanation.paths):
        said[f"path:{number}"] = StoredFact(numbers=(f"{path.contribution:.3f}",))
    for name, share in explanation.faithfulness.items():
        size = name.partition("@")[2]
        at_random = explanation.faithfulness_random[name]
        said[f"faithfulness:{name}"] = StoredFact(numbers=(size, percent(share), percent(at_random)))
    return said


def sum_of(explanation: Explanation, kind: str) -> float:
    """Sum of the attributions of a kind."""
    return sum(part.value for part in explanation.attributions if part.kind == kind)


Find = Callable[[str], StoredFact | None]


def problems(sentence: Sentence, find: Find, domain: Domain) -> tuple[str, ...]:
    """What keeps a sentence from being shown, in words; empty when all of it is in evidence."""
    if not sentence.evidence:
        return ("no fact is cited",)
    looked_up = {name: find(name) for name in sentence.evidence}
    if missing := [name for name, fact in looked_up.items() if fact is None]:
        return tuple(f"there is no fact {name}" for name in missing)
    facts = [fact for fact in looked_up.values() if fact is not None]
    left = _without_labels(sentence.sentence, [label for fact in facts for label in fact.labels])
    numbers = {number for fact in facts for number in fact.numbers}
    strange = [f"the number {said} is not in evidence" for said in _NUMBER.findall(left) if said not in numbers]
    allowed = _allowed(facts, domain)
    said = [word.lower() for word in _WORD.findall(left)]
    strange += [f"the word {word!r} is not in evidence" for word in said if word not in allowed]
    if domain.liked in said and not all(fact.liked for fact in facts):
        strange.append(f"not all of it was {domain.liked}")
    return tuple(strange)


def supported(sentences: Sequence[Sentence], find: Find, domain: Domain) -> tuple[Sentence, ...]:
    """The sentences that may be shown."""
    return tuple(sentence for sentence in sentences if not problems(sentence, find, domain))


def names_in_order(sentence: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels as they are first met in a sentence, longer ones before those within them."""
    met: dict[int, str] = {}
    left = sentence
    for label in sorted(set(labels), key=len, reverse=True):
        if found := _pattern(label).search(left):
            met[found.start()] = label
            left = left[: found.start()] + " " * len(label) + left[found.end() :]
    return tuple(met[start] for start in sorted(met))


def _allowed(facts: Sequence[StoredFact], domain: Domain) -> frozenset[str]:
    words = {domain.item, domain.items, domain.user, f"{domain.user}s", domain.liked, domain.consumed}
    words |= {domain.done, "same", *(clause for fact in facts for clause in fact.clauses)}
    for relation in {fact.relation for fact in facts if fact.relation}:
        phrase = domain.phrase(relation)
        words |= {
            phrase.label,
            phrase.facet,
            phrase.entity_type,
            *(_bare(pattern) for pattern in (phrase.shared, phrase.group)),
        }
    return CONNECTING.union(word.lower() for text in words for word in _WORD.findall(text))


def _bare(pattern: str) -> str:
    return pattern.replace("{tail}", "").replace("{items}", "")


def _without_labels(text: str, labels: Sequence[str]) -> str:
    for label in sorted({label for label in labels if label.strip()}, key=len, reverse=True):
        text = _pattern(label).sub(" ; ", text)
    return text


@lru_cache(maxsize=4096)  # names come again; compiling one takes longer than all else of a check
def _pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(label)}(?!\w)")
