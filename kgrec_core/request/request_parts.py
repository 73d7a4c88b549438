"""What of a request is understood, part by part, and what of it is read as a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kgrec_core.request.common_words import is_common, is_silent, says_nothing
from kgrec_core.request.mentions import Mentions
from kgrec_core.request.named_facts import FactNames
from kgrec_core.request.request_text import RequestText
from kgrec_core.request.text_likeness import ItemTexts
from kgrec_core.schema.recommendations import RequestPart

UNDERSTOOD, REFUSED, AS_TEXT, UNKNOWN = "understood", "refused", "read as text", "not understood"
DESCRIBED = "compared with the descriptions"
ABSENT_BUT_READ = "not in this data, only compared with the descriptions"
# Why words count for nothing.
ABSENT = "not in this data"
NUMBER = "no fact has this number"
CUT = "no known word"
UNLIKE = "no fact is called so, and no description is like it"
UNREFUSED = "no fact is called so, so nothing is left out"
_BEFORE_NUMBERS = frozenset("from under over before after since until below above in than".split())
_LIKE = "like"

Outcome = tuple[str, str]  # status and meaning


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """parts: in the order of the request, without words that say nothing · text: what of it is read as a text"""

    mentions: Mentions
    parts: tuple[RequestPart, ...]
    text: str

    @property
    def counts(self) -> bool:
        return bool(self.text or self.mentions.asked or self.mentions.refused)


def parse_request(mentions: Mentions, names: FactNames, texts: ItemTexts) -> ParsedRequest:
    """Names have been looked up. Of the words that are left, those are taken out that nothing is known of; the rest is
    read as a text where `texts` says that it may.
    """
    request, domain = mentions.request, names.domain
    rest = [free and not is_silent(word, domain) for free, word in zip(mentions.free, request.words, strict=True)]
    said = _lost(request, rest, names, texts)
    open_ = [left and (one is None or one[1] == ABSENT_BUT_READ) for left, one in zip(rest, said, strict=True)]
    readable = bool(mentions.text) and _may_be_read(request, open_, names, texts)
    for word, is_open in enumerate(open_):
        if is_open and readable:
            said[word] = (AS_TEXT, ABSENT_BUT_READ if said[word] else DESCRIBED)
        elif is_open:
            said[word] = (UNKNOWN, ABSENT if said[word] else UNLIKE)
    out = [no or (one is not None and one[0] == UNKNOWN) for no, one in zip(request.refused, said, strict=True)]
    left = any(not (gone or says_nothing(word, domain)) for gone, word in zip(out, request.words, strict=True))
    return ParsedRequest(
        mentions, tuple(_parts(mentions, said, names)), request.without(out) if mentions.text and left else ""
    )


def _lost(request: RequestText, rest: Sequence[bool], names: FactNames, texts: ItemTexts) -> list[Outcome | None]:
    """Of each word why it counts for nothing, or no more than as a text; None where it may be read.

    rest: words that name nothing, and say something. The name of somebody who is asked for, as after "with", is not
    read as a text: people of like names are others.
    """
    said: list[Outcome | None] = [None] * len(rest)
    for first, last in _absent(request, rest, names, texts):
        asked_for = first > 0 and request.words[first - 1] in names.leads
        said[first:last] = [(UNKNOWN, ABSENT if asked_for else ABSENT_BUT_READ)] * (last - first)
    for word, left in enumerate(rest):
        if left and request.refused[word]:
            said[word] = UNKNOWN, UNREFUSED
        elif left and request.words[word].isdecimal():
            said[word] = UNKNOWN, NUMBER
        elif left and said[word] is None and texts.is_cut(request.written(word, word + 1)):
            said[word] = UNKNOWN, CUT
    return said


def _absent(request: RequestText, rest: Sequence[bool], names: FactNames, texts: ItemTexts) -> list[tuple[int, int]]:
    """Names that no item has: words with capitals, one alone not at the beginning, and what follows "films like".

    Where words that say nothing have capitals too, capitals say nothing.
    """
    loud = any(
        request.is_capital(word) and is_common(request.words[word], names.domain) for word in range(1, len(rest))
    )
    found = []
    for capital, run in groupby(range(len(rest)), lambda word: rest[word] and request.is_capital(word) and not loud):
        words = list(run)
        if capital and (words[0] > 0 or len(words) > 1):
            found.append((words[0], words[-1] + 1))
    for word in range(2, len(rest)):
        if rest[word] and request.words[word - 1] == _LIKE and is_silent(request.words[word - 2], names.domain):
            found.append((word, next((at for at in range(word, len(rest)) if not rest[at]), len(rest))))
    return [(first, last) for first, last in found if not texts.hold(request.words[first:last])]


def _may_be_read(request: RequestText, open_: Sequence[bool], names: FactNames, texts: ItemTexts) -> bool:
    around = [not (one or is_silent(word, names.domain)) for one, word in zip(open_, request.words, strict=True)]
    words = [word if one else "" for one, word in zip(open_, request.words, strict=True)]
    return texts.counts(words, request.without(around))


def _parts(mentions: Mentions, outcomes: Sequence[Outcome | None], names: FactNames) -> Iterator[RequestPart]:
    request = mentions.request
    facts = [(one, UNDERSTOOD) for one in mentions.asked] + [(one, REFUSED) for one in mentions.refused]
    found = [((one.first, one.last), (status, names.asks(one))) for one, status in facts]
    title = f"a title: choose this {names.domain.item} as one you like to get more like it"
    for each in mentions.titles:
        refused = any(request.refused[each.first : each.last])
        found.append(((each.first, each.last), (UNKNOWN, UNREFUSED) if refused else (UNDERSTOOD, title)))
    for (first, last), (status, meaning) in sorted([*found, *_runs(request, mentions.free, outcomes)]):
        yield RequestPart(request.written(first, last), status, meaning)


def _runs(
    request: RequestText, free: Sequence[bool], said: Sequence[Outcome | None]
) -> Iterator[tuple[tuple[int, int], Outcome]]:
    """Words of one kind, with no more between them than words that say nothing; "under 30" with its first word."""
    begin, end = 0, -1
    for word, one in enumerate(said):
        if one is None:
            continue
        if end > 0 and said[begin] == one and one[1] != NUMBER and all(free[end:word]):
            end = word + 1
            continue
        if end > 0:
            yield from _run(request, begin, end, said)
        begin, end = word, word + 1
    if end > 0:
        yield from _run(request, begin, end, said)


def _run(
    request: RequestText, begin: int, end: int, said: Sequence[Outcome | None]
) -> Iterator[tuple[tuple[int, int], Outcome]]:
    kind = said[begin]
    if kind is not None:
        before = kind[1] == NUMBER and begin > 0 and request.words[begin - 1] in _BEFORE_NUMBERS
        yield (begin - before, end), kind
