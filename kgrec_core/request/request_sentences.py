"""What was understood of a request, and what was not, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.explain.sentences.analyst_paragraph import listed
from kgrec_core.request.request_parts import (
    ABSENT,
    ABSENT_BUT_READ,
    AS_TEXT,
    REFUSED,
    UNDERSTOOD,
    UNKNOWN,
    ParsedRequest,
)
from kgrec_core.schema.recommendations import RequestPart

_ORDER = (UNDERSTOOD, REFUSED, AS_TEXT, UNKNOWN)


def request_sentences(parsed: ParsedRequest) -> tuple[tuple[str, str], ...]:
    """A status and a sentence for each thing that became of words, facts first; the last says where the whole request
    counts for nothing.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for part in sorted(parsed.parts, key=lambda part: _ORDER.index(part.status)):
        told.setdefault(_kind(part), []).append(_named(part))
    found = [(kind[0], _sentence(*kind, list(dict.fromkeys(names)))) for kind, names in told.items()]
    if not found:
        return ((UNKNOWN, "None of these words says what is wanted, so they count for nothing."),)
    return tuple(found) if parsed.counts else (*found, (UNKNOWN, "So this line counts for nothing."))


def _kind(part: RequestPart) -> tuple[str, str]:
    """Parts of one kind are told in one sentence."""
    return part.status, "" if _is_fact(part) else part.meaning


def _is_fact(part: RequestPart) -> bool:
    return part.status == REFUSED or (part.status == UNDERSTOOD and not part.meaning.startswith("a title"))


def _named(part: RequestPart) -> str:
    return part.meaning if _is_fact(part) else f"“{part.words}”"


def _sentence(status: str, meaning: str, names: Sequence[str]) -> str:
    said = listed(list(names))
    if not meaning:
        return f"{'Understood' if status == UNDERSTOOD else 'Left out'}: {said}."
    if status == UNDERSTOOD:
        return f"{said} is {meaning}."
    if status == AS_TEXT or meaning in (ABSENT, ABSENT_BUT_READ):
        return f"{meaning[:1].upper()}{meaning[1:]}: {said}."
    return f"Not understood: {said} ({meaning})."
