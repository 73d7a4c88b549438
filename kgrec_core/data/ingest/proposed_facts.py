"""Facts proposed from descriptions: names and fixed phrases that several items share. A person accepts or rejects."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.ingest.normal_labels import normal
from kgrec_core.data.stop_words import stop_words
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, RELATION, TAIL, TAIL_LABEL, TEXT, TITLE

RELATION_NAME = "mentions"
_LEAST, _MOST = 3, 0.3  # items that must share it; share of the items beyond which it tells nothing
_LONGEST = 3  # words
_SHOWN = 200  # proposals
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday""".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"[.!?:;\n]+\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase of at least three descriptions.

    confidence, 0 to 1: of a name, the share of the texts with this word that capitalise it; of a phrase, its
    normalised pointwise mutual information (Bouma 2009), 0 where words meet by chance and 1 where they always meet.
    """

    phrase: str
    kind: str  # name | phrase
    items: int
    confidence: float
    examples: tuple[str, ...]  # titles


def propose(items: pd.DataFrame) -> tuple[Proposal, ...]:
    """Proposals from the texts of items, those of most items first; at most 200."""
    if TEXT not in items:
        return ()
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
    return tuple(sorted(_longest_only(good), key=lambda each: (-each.items * each.confidence, each.phrase))[:_SHOWN])


def accepted_triples(items: pd.DataFrame, accepted: Collection[str]) -> pd.DataFrame:
    """Triples (item, mentions, phrase) for each item whose text has an accepted phrase."""
    wanted: Mapping[str, str] = {normal(phrase): phrase for phrase in accepted}
    rows = [
        (item, title, wanted[key])
        for item, title, text in (items[[ITEM, TITLE, TEXT]].itertuples(index=False) if TEXT in items else ())
        for key in {normal(phrase) for phrase in _phrases(str(text))} & wanted.keys()
    ]
    columns = {HEAD: 0, RELATION: None, TAIL: 2, HEAD_LABEL: 1, TAIL_LABEL: 2}
    made = {name: [RELATION_NAME if at is None else row[at] for row in rows] for name, at in columns.items()}
    return pd.DataFrame(made, dtype=object)


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
