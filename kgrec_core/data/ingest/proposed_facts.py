"""Facts proposed from descriptions: those that the texts say as known facts are said, and names and fixed phrases that
several items share, of which the relation is not known. A person accepts or rejects.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.attribute_triples import entity_id
from kgrec_core.data.import_report import NOTE, Finding
from kgrec_core.data.ingest.normal_labels import normal
from kgrec_core.data.ingest.text_patterns import TextFact, facts_in_texts
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.stop_words import stop_words
from kgrec_core.domain import Domain
from kgrec_core.schema.columns import (
    DESCRIPTION,
    HEAD,
    HEAD_LABEL,
    ITEM,
    RELATION,
    SOURCE,
    TAIL,
    TAIL_LABEL,
    TEXT,
    TITLE,
)

RELATION_NAME = "mentions"
_LEAST, _MOST = 3, 0.3  # items that must share it; share of the items beyond which it tells nothing
_LONGEST = 3  # words
PARTED, ALL = ": ", "*"  # between relation and phrase of what is accepted; in place of the phrase for all of them
_SHOWN = 200  # proposals
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday""".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"[.!?:;\n]+\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that items could get from their descriptions.

    confidence, 0 to 1: where the relation is known, how often such a find is right on items whose facts are known (see
    `text_patterns`), the mean over the items; of a name, the share of the texts with this word that capitalise it; of
    a phrase, its normalised pointwise mutual information (Bouma 2009), 0 where words meet by chance and 1 where they
    always meet.
    """

    phrase: str
    kind: str  # name | phrase, of at least three descriptions; known | new: a label of the relation, or one it lacks
    items: int  # that would get it
    confidence: float
    examples: tuple[str, ...]  # titles
    relation: str = RELATION_NAME
    sentence: str = ""  # where it stands in the first of the texts; where the relation is known
    why: str = ""  # what the confidence rests on; where the relation is known

    def among(self, accepted: Collection[str]) -> bool:
        """Whether it was accepted, by itself or with its relation."""
        return self.key in accepted or (bool(self.sentence) and all_of(self.relation) in accepted)

    @property
    def key(self) -> str:
        """What Choice.accepted names it by; "RELATION: *" accepts all of a relation."""
        return f"{self.relation}{PARTED}{self.phrase}" if self.kind in ("known", "new") else self.phrase


def propose(items: pd.DataFrame, triples: pd.DataFrame | None = None) -> tuple[Proposal, ...]:
    """Proposals from the texts of items: facts in the relations of `triples` first, then phrases; at most 200 each.

    triples: all that is known; what was accepted is proposed again. Each kind comes in the order of items times
    confidence.
    """
    if TEXT not in items:
        return ()
    if triples is not None and SOURCE in triples:
        triples = triples[triples[SOURCE] != DESCRIPTION]
    facts = () if triples is None else facts_in_texts(items, triples)
    titles = dict(zip(items[ITEM].astype(str), items[TITLE].astype(str), strict=True))
    found = sorted(_of_relations(facts, titles), key=lambda each: (-each.items * each.confidence, each.key))
    said = {normal(fact.label) for fact in facts}
    said |= set() if triples is None or TAIL_LABEL not in triples else set(map(normal, triples[TAIL_LABEL].astype(str)))
    phrases = [each for each in _shared_phrases(items) if normal(each.phrase) not in said]
    return (*found[:_SHOWN], *phrases[:_SHOWN])


def all_of(relation: str) -> str:
    """What Choice.accepted names all facts of a relation by."""
    return f"{relation}{PARTED}{ALL}"


def _of_relations(facts: Sequence[TextFact], titles: Mapping[str, str]) -> Iterator[Proposal]:
    """One for each label of a relation."""
    grouped: dict[tuple[str, str], list[TextFact]] = defaultdict(list)
    for fact in facts:
        grouped[fact.relation, normal(fact.label)].append(fact)
    for (relation, _), each in grouped.items():
        best = each[0]  # the surest comes first
        confidence = round(sum(fact.confidence for fact in each) / len(each), 2)
        examples = tuple(titles[fact.item] for fact in each[:3])
        kind = "known" if best.tail else "new"
        yield Proposal(best.label, kind, len(each), confidence, examples, relation, best.sentence, best.why)


def _shared_phrases(items: pd.DataFrame) -> list[Proposal]:
    rows = list(items[[TITLE, TEXT]].astype(str).itertuples(index=False, name=None))
    found: dict[str, list[int]] = {}
    spelled: dict[str, Counter[str]] = {}
    words: Counter[str] = Counter()  # texts with a word of a phrase
    small: Counter[str] = Counter()  # texts with a word in small letters
    for row, (_, text) in enumerate(rows):
        seen: set[str] = set()
        for phrase in _phrases(text):
            key = normal(phrase)
            spelled.setdefault(key, Counter())[phrase] += 1
            if key not in seen:
                seen.add(key)
                found.setdefault(key, []).append(row)
        words.update({word for key in seen for word in key.split()})
        small.update({word for word in _WORD.findall(text) if word.islower()})
    most = max(_LEAST, int(_MOST * len(rows)))
    kept = {key: where for key, where in found.items() if _LEAST <= len(where) <= most}
    made = [_proposal(key, where, spelled[key], (words, small), rows) for key, where in kept.items()]
    good = [each for each in made if each.confidence >= 0.3]
    return sorted(_longest_only(good), key=lambda each: (-each.items * each.confidence, each.phrase))


def with_accepted(
    items: pd.DataFrame, triples: pd.DataFrame, accepted: Collection[str], domain: Domain
) -> pd.DataFrame:
    """The triples, and those that were accepted; with their source only where something was."""
    if not accepted:
        return triples
    said = accepted_triples(items, accepted, triples, domain.phrase(RELATION_NAME).entity_type)
    return pd.concat([triples.assign(**{SOURCE: ""}), said], ignore_index=True)


def accepted_triples(
    items: pd.DataFrame, accepted: Collection[str], triples: pd.DataFrame, kind: str = RELATION_NAME
) -> pd.DataFrame:
    """Triples with their source: (item, mentions, phrase) for each item whose text has an accepted phrase, and the
    accepted facts in the relations of `triples`, all that is known without them.

    kind: of the nodes of phrases. The node of a fact is that of its label where it is known, else one of the kind that
    its relation has.
    """
    found = _accepted_facts(items, accepted, triples) if any(map(_relation, accepted)) else []
    wanted: Mapping[str, str] = {normal(phrase): phrase for phrase in accepted if not _relation(phrase)}
    found += [
        (item, RELATION_NAME, entity_id(kind, wanted[key]), title, wanted[key])
        for item, title, text in (items[[ITEM, TITLE, TEXT]].itertuples(index=False) if TEXT in items else ())
        for key in sorted({normal(phrase) for phrase in _phrases(str(text))} & wanted.keys())
    ]
    made = pd.DataFrame(found, columns=[HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL], dtype=object)
    return made.assign(**{SOURCE: DESCRIPTION})


def tell_accepted(triples: pd.DataFrame, accepted: Collection[str], file: str, ledger: Ledger) -> None:
    """Notes how many facts of each relation came from descriptions, and warns of what was accepted and is not there."""
    found = triples[triples[SOURCE] == DESCRIPTION] if SOURCE in triples else triples.head(0)
    for relation, rows in found.groupby(RELATION):
        ledger.note(
            file,
            f"{len(rows):,} facts of the relation {relation!r} were found in descriptions, such as "
            f"{rows[TAIL_LABEL].iloc[0]!r} of {rows[HEAD_LABEL].iloc[0]!r}; reasons say so of them",
        )
    there = {(str(relation), normal(str(label))) for relation, label in found[[RELATION, TAIL_LABEL]].to_numpy()}
    there |= {(relation, ALL) for relation, _ in there}
    for each in accepted:
        phrase = normal(each.partition(PARTED)[2] or each)
        if (_relation(each) or RELATION_NAME, phrase) not in there:
            ledger.warn(file, f"{each!r} was accepted, but no description says it", "See what `validate` proposes.")


def proposed_findings(proposals: Sequence[Proposal], file: str) -> Iterator[Finding]:
    """A note for each relation of which descriptions say more than is known, with the surest find."""
    by_relation: dict[str, list[Proposal]] = defaultdict(list)
    for each in proposals:
        if each.sentence:
            by_relation[each.relation].append(each)
    for relation, said in by_relation.items():
        best = max(said, key=lambda proposal: proposal.confidence)
        what = (
            f"descriptions say facts of the relation {relation!r} that are not known: {len(said)} values, for "
            f"{sum(each.items for each in said):,} items, such as {best.phrase!r} in “{best.sentence}” "
            f"(confidence {best.confidence:.2f}: {best.why})"
        )
        mend = f"Take them in with --accept '{all_of(relation)}', or one by one, such as --accept '{best.key}'."
        yield Finding(NOTE, file, None, "", "", what, mend, 0, "kept")


def _accepted_facts(
    items: pd.DataFrame, accepted: Collection[str], triples: pd.DataFrame
) -> list[tuple[str, str, str, str, str]]:
    wanted = {(_relation(each), normal(each.partition(PARTED)[2])) for each in accepted}
    kinds = {str(name): str(tail).partition(":")[0] for name, tail in triples[[RELATION, TAIL]].to_numpy()[::-1]}
    titles = dict(zip(items[ITEM].astype(str), items[TITLE].astype(str), strict=True))
    return [
        (
            fact.item,
            fact.relation,
            fact.tail or entity_id(kinds[fact.relation], fact.label),
            titles[fact.item],
            fact.label,
        )
        for fact in facts_in_texts(items, triples)
        if {(fact.relation, normal(fact.label)), (fact.relation, ALL)} & wanted
    ]


def _relation(accepted: str) -> str:
    """The relation that an accepted proposal names; "" for a mere phrase, which has no colon in it."""
    relation, parted, _ = accepted.partition(PARTED)
    return relation if parted else ""


def _phrases(text: str) -> Iterator[str]:
    """Names: whole runs of capitalised words, inside a sentence where they are single. Phrases: runs of other words."""
    for sentence in _SENTENCE.split(text):
        words = [re.sub(r"['’]s$", "", word) for word in _WORD.findall(sentence)]
        for start, run in _runs(words):
            if run[0][0].isupper():
                if len(run) <= _LONGEST + 1 and (len(run) > 1 or start > 0) and all(map(_tells, run)):
                    yield " ".join(run)
            else:
                ends = range(2, _LONGEST + 1)
                yield from (" ".join(run[at : at + n]) for n in ends for at in range(len(run) - n + 1))


def _runs(words: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Where each run of words of one kind begins, and the run; words such as "the" end a run and are in none."""
    run: list[str] = []
    for place, word in enumerate([*words, ""]):
        same = run and word and _tells(word) and word[0].isupper() == run[-1][0].isupper()
        if not same:
            if run:
                yield place - len(run), run
            run = []
        if word and _tells(word):
            run.append(word)


def _tells(word: str) -> bool:
    return len(word) > 2 and word.lower() not in stop_words() and word.lower() not in _CALENDAR


def _proposal(
    key: str,
    where: Sequence[int],
    spelled: Counter[str],
    counts: tuple[Counter[str], Counter[str]],
    rows: Sequence[tuple[str, str]],
) -> Proposal:
    words, small = counts
    spelling, _ = spelled.most_common(1)[0]
    named = spelling[0].isupper()
    if named:
        confidence = len(where) / (len(where) + (small[key] if " " not in key else 0))
    else:
        confidence = _npmi(key, len(where), words, len(rows))
    examples = tuple(rows[row][0] for row in where[:3])
    return Proposal(spelling, "name" if named else "phrase", len(where), round(confidence, 2), examples)


def _npmi(key: str, together: int, words: Counter[str], texts: int) -> float:
    """log(p(a, b) / (p(a) p(b))) / -log p(a, b), over texts; Bouma 2009, eq. 5."""
    parts = key.split()
    joint = together / texts
    if len(parts) < 2 or joint >= 1:
        return 0.0
    apart = math.prod(min(1.0, max(words[part], together) / texts) for part in parts)
    return max(0.0, math.log(joint / apart) / (-(len(parts) - 1) * math.log(joint)))


def _longest_only(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Leaves out "York" where "New York" is found in as many items."""
    longer = [(each.items, f" {normal(each.phrase)} ") for each in proposals if " " in each.phrase]
    for each in proposals:
        inside = f" {normal(each.phrase)} "
        if not any(items >= each.items and inside in text and inside != text for items, text in longer):
            yield each
