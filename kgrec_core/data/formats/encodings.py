"""In which encoding bytes are written that are not UTF-8.

The share of characters that fit a language decides: charset-normalizer, made for whole texts, misjudges many of the few
words that are not ASCII in most tables. Where several encodings fit, which is so within a script, it decides.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

from kgrec_core.data.formats.alphabets import (
    BEFORE,
    FREQUENT,
    LATIN,
    MARKS,
    SCRIPTS,
    SIGNS,
    TITLES,
)

MARKS_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 16_384  # bytes, of words that are not ASCII
_HEAD = 1 << 16  # bytes
_ZEROS = 0.1  # share of zero bytes in the text of a table as UTF-16, at least: separators, digits, ends of lines
_CHAOS = 0.4  # as charset-normalizer measures it; it gives up at 0.2, which few words reach by chance
_TIE = 0.02  # shares that differ by less are equal
_ONE_LANGUAGE = 0.85  # share below which a file holds several languages, which Western European has most often
_UNUSUAL = 0.3  # what a reading loses that has none of the common letters of its script: several share the same bytes
_CLEAR = 0.05  # by which the share of any other reading must be lower, and
_ENOUGH = 10  # bytes there must be, for a guess to be sure

# A byte below 0x30 is part of no other character, in any of the encodings.
_WORD = re.compile(rb"[\x30-\xff]*")
_HIGH = re.compile(rb"[\x80-\xff]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_ASCII = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """codec: Python's name · title: what people call it · sure: whether nothing else comes near"""

    codec: str
    title: str
    sure: bool


def guessed(data: bytes) -> Encoding:
    """The encoding of bytes that are not UTF-8. Looks at 16 KiB of words that are not ASCII, wherever they stand."""
    sample = b"\n".join(foreign_words(data))
    shares = _shares(sample)
    latin, best = _share_latin(sample), max(shares.values())
    if latin >= best - _TIE:
        return _latin(sample, latin - best >= _CLEAR)
    codec = next(name for name, share in shares.items() if share >= best - _TIE)  # first in the library's order
    second = max(latin, *(share for name, share in shares.items() if name != codec), 0.0)
    return Encoding(codec, TITLES[codec], best - second >= _CLEAR and len(sample) >= _ENOUGH)


def leniently(data: bytes) -> str:
    """Text of the first bytes of a file, to recognise what it is; wrong bytes are replaced."""
    codec = "utf-16" if data[:2] in MARKS_UTF16 else unmarked_utf16(data) or "utf-8-sig"
    if codec == "utf-8-sig" and not is_utf8(data) and not mostly_utf8(data):
        codec = guessed(data).codec
    return data.decode(codec, "replace")


def mostly_utf8(data: bytes) -> bool:
    """Whether most words that are not ASCII are UTF-8, though some are not."""
    words = foreign_words(data)
    return sum(map(is_utf8, words)) > len(words) / 2


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def unmarked_utf16(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where the bytes of a table look like it, though no mark says so; else ""."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if head[1:2] == b"\0" and odd > max(_ZEROS * len(head) / 2, 4 * even):
        return "utf-16-le"
    if head[:1] == b"\0" and even > max(_ZEROS * len(head) / 2, 4 * odd):
        return "utf-16-be"
    return ""


def foreign_words(data: bytes) -> list[bytes]:
    """Different words that are not ASCII, with the ASCII letters that they begin with, to the size of a sample."""
    words: dict[bytes, None] = {}
    size = place = 0
    while size < _SAMPLE and (high := _HIGH.search(data, place)):
        begin = re.split(rb"[\x00-\x2f]", data[max(place, high.start() - 20) : high.start()])[-1]
        rest = _WORD.match(data, high.start())
        place = rest.end() if rest else high.end()
        word = begin + data[high.start() : place]
        if word not in words and len(word) < _SAMPLE // 4:
            words[word] = None
            size += len(word)
    return list(words)


def _shares(sample: bytes) -> dict[str, float]:
    """Of each encoding of another script than Latin: the share of characters that fit; of equals the likelier first."""
    candidates = [*FREQUENT, *SCRIPTS]
    likely = from_bytes(
        sample, cp_isolation=candidates, threshold=_CHAOS, preemptive_behaviour=False, enable_fallback=False
    )
    names = dict.fromkeys([*(match.encoding for match in likely if match.encoding in TITLES), *candidates])
    return {codec: _share(sample.decode(codec, "replace"), codec) for codec in names}


def _share(text: str, codec: str) -> float:
    """Of the characters that are no mark: how many are frequent, or letters of the script in a word of its own."""
    places = [each.start() for each in _FOREIGN.finditer(text) if each[0] not in MARKS]
    if codec in FREQUENT:
        return _of(sum(_frequent(text[place], *FREQUENT[codec]) for place in places), len(places))
    letters, common = SCRIPTS[codec]
    fit = _of(sum(text[place] in letters and not _odd(text, place) for place in places), len(places))
    usual = _of(sum(text[place].lower() in common for place in places), len(places))
    return fit - _UNUSUAL * max(0.0, 1.0 - 2.0 * usual)


def _frequent(character: str, codec: str, leads: Collection[int]) -> bool:
    written = character.encode(codec, "ignore")
    return len(written) == 2 and written[0] in leads


def _odd(text: str, place: int) -> bool:
    """Whether an ASCII letter stands beside, or a small letter before a capital."""
    before, after = _beside(text, place)
    return bool(_ASCII.search(before + after)) or (text[place].isupper() and before.islower())


def _beside(text: str, place: int) -> tuple[str, str]:
    return text[max(place - 1, 0) : place], text[place + 1 : place + 2]


def _share_latin(sample: bytes) -> float:
    """Of the characters that are no mark: how many are Latin letters, or signs, in a word with ASCII ones."""
    shares = []
    for codec, alphabets in LATIN.items():
        text, letters = sample.decode(codec, "replace"), frozenset("".join(alphabets))
        places = [place for place in _places(text) if not _is_mark(text, place)]
        fit = sum(_fits(text, place, letters) and _in_latin(text, place) for place in places)
        shares.append(_of(fit, len(places)))
    return max(shares)


def _latin(sample: bytes, clear: bool) -> Encoding:
    """Which of the Latin encodings: letters of one language should do, above all where the encodings differ."""
    texts = {codec: sample.decode(codec, "replace") for codec in LATIN}
    differ = [place for place, each in enumerate(zip(*texts.values(), strict=True)) if len(set(each)) > 1]
    shares = {codec: _of_one_language(text, differ, codec) for codec, text in texts.items()}
    codec = max(shares, key=shares.__getitem__)
    if shares[codec] < max(_ONE_LANGUAGE, shares["cp1252"] + _TIE):
        codec = "cp1252"
    second = max((share for name, share in shares.items() if texts[name] != texts[codec]), default=0.0)
    differ = [place for place in differ if not _is_mark(texts[codec], place)]
    sure = not differ or (len(differ) >= _ENOUGH and shares[codec] - second >= _CLEAR)
    return Encoding(codec, TITLES[codec], clear and sure)


def _of_one_language(text: str, differ: Sequence[int], codec: str) -> float:
    """The mean of two shares, of all characters and of those at the places `differ`; for the best language."""
    groups = [[place for place in places if not _is_mark(text, place)] for places in (_places(text), differ)]
    return max(
        sum(_of(sum(_fits(text, place, letters) for place in places), len(places)) for places in groups) / 2
        for letters in LATIN[codec]
    )


def _places(text: str) -> list[int]:
    return [each.start() for each in _FOREIGN.finditer(text)]


def _is_mark(text: str, place: int) -> bool:
    """Whether a character says nothing of the language."""
    return text[place] == "’" or (text[place] in MARKS and not all(map(str.isalpha, _beside(text, place))))


def _fits(text: str, place: int, letters: Collection[str]) -> bool:
    """Whether a character is one of the letters, or a sign where signs stand."""
    if text[place] not in SIGNS:
        return text[place].lower() in letters
    before, after = _beside(text, place)
    return not (before if text[place] in BEFORE else after).isalpha()


def _in_latin(text: str, place: int) -> bool:
    """Whether the word has an ASCII letter, or is nothing but one letter; a sign may stand beside digits."""
    end = text.find("\n", place)
    word = text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else None]
    return (
        len(word) == 1
        or _ASCII.search(word) is not None
        or (text[place] in SIGNS and re.search("[0-9]", word) is not None)
    )


def _of(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
