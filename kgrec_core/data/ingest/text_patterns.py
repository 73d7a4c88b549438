"""Facts found in texts: how known facts are said there is learnt, and what is said so elsewhere is proposed.

Two ways, each with its precision on the items whose facts are known. By pattern: the words around the labels of known
facts, such as "made by … ," for a brand; what stands there in other texts is proposed, be it a known brand or a new
one (Hearst 1992, Brin 1998). By name: a label that other items have, found in the text; how often that is right is
counted with each known fact hidden in turn, as if only the other items had it. Confidence is the lower end of the 95 %
Wilson interval of that precision: what is seen right on few items is not sure. Precision is counted on items of which
no fact of the relation seems to be missing, since they have as many as items have; nothing is proposed of these. Of
items with fewer, but some, what their texts say beyond is missing only as far as more of it is known of whole items.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.ingest.known_labels import KnownLabels, known_labels
from kgrec_core.data.ingest.label_places import (
    LONGEST,
    Key,
    LabelPlace,
    Words,
    is_word,
    label_places,
    may_be_label,
    spelled,
    without_s,
    words_of,
)
from kgrec_core.schema.columns import ITEM, TEXT

BOUND = 0.5  # of the confidence of what is proposed
_LEAST = 3  # different labels, and items, that speak for a pattern
_LEFT = 3  # words before the place of a label
_PRIOR = 10  # items as which the whole relation counts where the precision of one label is estimated
_FEW = 5  # matches of new labels, below which a pattern is as right on them as on all
_NONE, _NAMED = "", "…"  # in place of the word that ends a pattern: the text ends; a run of capitalised words ends

Pattern = tuple[tuple[str, ...], str]  # the words before a label, and the word or sign that ends it


@dataclass(frozen=True, slots=True)
class TextFact:
    """A fact that is not known yet. tail: the node of a known label; "" where the label is new in its relation."""

    item: str
    relation: str
    label: str
    tail: str
    confidence: float  # 0 to 1
    why: str  # such as: “made by … ,” is right in 34 of 34 texts
    sentence: str  # the part of the text


@dataclass(slots=True)
class _Count:
    right: int = 0
    all: int = 0

    @property
    def share(self) -> float:
        return self.right / max(self.all, 1)

    def add(self, right: bool) -> None:
        self.right += right
        self.all += 1


def facts_in_texts(items: pd.DataFrame, triples: pd.DataFrame) -> tuple[TextFact, ...]:
    """Facts that texts say and triples do not have, surest first."""
    if TEXT not in items or not len(triples):
        return ()
    texts = [words_of(str(text)) for text in items[TEXT].fillna("")]
    relations = known_labels(items, triples)
    hits = list(label_places(texts, {key for relation in relations.values() for key in relation.labels}))
    found: dict[tuple[int, str, Key], tuple[float, str, LabelPlace]] = {}
    missing = {name: _missing(relation, hits) for name, relation in relations.items()}
    for match, name, precision, why in (*_by_pattern(texts, relations, hits), *_by_name(texts, relations, hits)):
        place, relation = (match.row, name, match.key), relations[name]
        confidence = precision * (missing[name] if match.row in relation.of else 1)
        if confidence >= max(BOUND, found.get(place, (0.0,))[0] + 1e-9) and relation.lacks(match.row, match.key):
            found[place] = (confidence, why, match)
    best = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
    return tuple(_facts(items[ITEM].astype(str).tolist(), texts, relations, best))


def wilson(right: float, of: float) -> float:
    """The lower end of the 95 % interval of a share (Wilson 1927); 0 of none.

    >>> round(wilson(34, 34), 2), round(wilson(3, 3), 2)
    (0.9, 0.44)
    """
    if of <= 0:
        return 0.0
    share, z = right / of, 1.96
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (share + z * z / (2 * of) - spread) / (1 + z * z / of))


def _missing(relation: KnownLabels, hits: Sequence[LabelPlace]) -> float:
    """Of items that have fewer labels than usual: the share of the labels in their texts that are facts not known.

    As many labels of a text are facts there as are of the items that lack none; what is known of them is taken off.
    """
    here = {(match.row, match.key) for match in hits if match.key in relation.labels and match.row in relation.of}
    whole, part = _Count(), _Count()
    for row, key in here:
        (whole if relation.whole(row) else part).add(key in relation.of[row])
    unknown = part.all - part.right
    return max(0.0, (whole.share * part.all - part.right) / unknown) if unknown else 1.0


def _facts(
    ids: Sequence[str],
    texts: Sequence[Words],
    relations: Mapping[str, KnownLabels],
    best: Sequence[tuple[tuple[int, str, Key], tuple[float, str, LabelPlace]]],
) -> Iterator[TextFact]:
    """Surest first, until an item has as many labels of the relation as items have."""
    filled: Counter[tuple[int, str]] = Counter()
    for (row, relation, key), (confidence, why, match) in best:
        if len(relations[relation].of.get(row, ())) + filled[row, relation] >= relations[relation].usual:
            continue
        filled[row, relation] += 1
        words = texts[row].words
        label, tail = relations[relation].labels.get(key) or (without_s(spelled(words[match.start : match.end])), "")
        said = spelled(words[max(0, match.start - 8) : match.end + 5])
        yield TextFact(ids[row], relation, label, tail, round(confidence, 2), why, said)


Found = tuple[LabelPlace, str, float, str]  # where, relation, confidence, why


def _by_name(
    texts: Sequence[Words], relations: Mapping[str, KnownLabels], hits: Sequence[LabelPlace]
) -> Iterator[Found]:
    for name, relation in relations.items():
        kinds: dict[tuple[bool, bool], _Count] = defaultdict(_Count)
        each: dict[Key, _Count] = defaultdict(_Count)
        first = {(match.row, match.key): match for match in reversed(hits) if match.key in relation.labels}
        for (row, key), match in first.items():
            if relation.whole(row) and relation.elsewhere(key, row):
                for count in (kinds[_kind(texts, relation, match)], each[key]):
                    count.add(key in relation.of[row])
        for match in first.values():
            own, alike = each[match.key], kinds[_kind(texts, relation, match)]
            prior = min(_PRIOR, alike.all)
            shown = (
                f"a known name, right in {own.right} of {own.all} texts; names like it in {alike.right} of {alike.all}"
            )
            yield match, name, wilson(own.right + prior * alike.share, own.all + prior), shown


def _kind(texts: Sequence[Words], relation: KnownLabels, match: LabelPlace) -> tuple[bool, bool]:
    """Whether a label has several words, and whether it stands in the text as it is spelled: both make it surer."""
    words = texts[match.row].words[match.start : match.end]
    return len(words) > 1, spelled(words) == relation.labels[match.key][0]


def _by_pattern(
    texts: Sequence[Words], relations: Mapping[str, KnownLabels], hits: Sequence[LabelPlace]
) -> Iterator[Found]:
    asked = _patterns(texts, relations, hits)
    found = list(_matches(texts, asked))
    counts: dict[tuple[Pattern, str], tuple[_Count, _Count]] = defaultdict(lambda: (_Count(), _Count()))
    for pattern, match in found:
        for name in asked[pattern]:
            relation = relations[name]
            if relation.whole(match.row):
                right, (whole, new) = match.key in relation.of[match.row], counts[pattern, name]
                whole.add(right)
                if not relation.elsewhere(match.key, match.row):
                    new.add(right)
    for pattern, match in found:
        for name in asked[pattern]:
            whole, new = counts[pattern, name]
            known = match.key in relations[name].labels
            count = whole if known or new.all < _FEW else new
            why = f"“{_shown(pattern)}” is right in {count.right} of {count.all} texts"
            yield match, name, wilson(count.right, count.all), why


def _shown(pattern: Pattern) -> str:
    left, right = pattern
    before = spelled([word for word in left if word])
    return " ".join(part for part in (before, "…", "" if right in (_NONE, _NAMED) else right) if part)


def _patterns(
    texts: Sequence[Words], relations: Mapping[str, KnownLabels], hits: Sequence[LabelPlace]
) -> dict[Pattern, tuple[str, ...]]:
    """Each pattern that is met around enough known facts, with the relations of these."""
    met: dict[tuple[Pattern, str], tuple[set[int], set[Key]]] = defaultdict(lambda: (set(), set()))
    for match in hits:
        for name, relation in relations.items():
            if match.key in relation.of.get(match.row, ()):
                for pattern in _around(texts[match.row], match):
                    rows, keys = met[pattern, name]
                    rows.add(match.row)
                    keys.add(match.key)
    found: dict[Pattern, tuple[str, ...]] = defaultdict(tuple)
    for (pattern, name), (rows, keys) in met.items():
        if len(rows) >= _LEAST and len(keys) >= _LEAST:
            found[pattern] += (name,)
    return dict(found)


def _around(text: Words, match: LabelPlace) -> Iterator[Pattern]:
    ends = [text.keys[match.end] if match.end < len(text.keys) else _NONE]
    if _named_end(text, match.start) == match.end:
        ends.append(_NAMED)
    for size in range(1, _LEFT + 1):
        if size <= match.start + 1:
            yield from ((_before(text, match.start, size), end) for end in ends)


def _before(text: Words, start: int, size: int) -> tuple[str, ...]:
    """The `size` words before a place; "" stands for the beginning of the text."""
    return text.keys[start - size : start] if size <= start else ("", *text.keys[:start])


def _named_end(text: Words, start: int) -> int:
    """The end of the run of capitalised words that starts here; `start` where there is none."""
    end = start
    while end < len(text.words) and end - start < LONGEST and text.words[end][0].isupper():
        end += 1
    return end


def _matches(
    texts: Sequence[Words], patterns: Mapping[Pattern, tuple[str, ...]]
) -> Iterator[tuple[Pattern, LabelPlace]]:
    ends: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for left, right in patterns:
        ends[left].add(right)
    for row, text in enumerate(texts):
        for start in range(len(text.keys)):
            for size in range(min(_LEFT, start + 1), 0, -1):  # of two that are as right the longer one is told
                left = _before(text, start, size)
                for right, end in _ends(text, start, ends.get(left, set())):
                    if may_be_label(text.keys[start:end]):
                        yield (left, right), LabelPlace(row, start, end, " ".join(text.keys[start:end]))


def _ends(text: Words, start: int, rights: set[str]) -> Iterator[tuple[str, int]]:
    """Where what starts here would end, for each word or sign that ends a pattern."""
    if not rights:
        return
    if _NAMED in rights and (end := _named_end(text, start)) > start:
        yield _NAMED, end
    left = set(rights)
    for end in range(start + 1, min(start + LONGEST, len(text.keys)) + 1):
        right = text.keys[end] if end < len(text.keys) else _NONE
        if right in left:
            left.discard(right)
            yield right, end
        if not is_word(right):
            return
