"""How often the encoding of a table that is not UTF-8 is read right: `python -m benchmarks.encodings [--json]`.

The words are names of countries and of languages as the Unicode CLDR has them (package `babel`), which nothing was
tuned on. Each stands after five English rows, as in a catalogue. Right is a table whose whole text is read as it was;
beside it, charset-normalizer alone, with all of its encodings to choose from.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter

from babel import Locale
from charset_normalizer import from_bytes

from kgrec_core.data.formats.encodings import guessed

WRITTEN = {
    "ru": ("cp1251", "koi8_r", "cp866"),
    "uk": ("cp1251", "koi8_u"),
    "bg": ("cp1251",),
    "zh": ("gb18030",),
    "zh_Hant": ("big5",),
    "ja": ("shift_jis", "euc_jp"),
    "ko": ("euc_kr",),
    "pl": ("cp1250", "iso8859_2"),
    "cs": ("cp1250", "iso8859_2"),
    "hu": ("cp1250", "iso8859_2"),
    "hr": ("cp1250",),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "ar": ("cp1256",),
    "lt": ("cp1257",),
    "de": ("cp1252",),
    "fr": ("cp1252",),
    "es": ("cp1252",),
    "pt": ("cp1252",),
    "sv": ("cp1252",),
}
LENGTHS = (3, 8, 50)  # words that are not ASCII
DRAWS = 5


def words(language: str, codec: str) -> list[str]:
    """Those that are not ASCII and that the codec can write."""
    locale = Locale.parse(language)
    names = {*locale.territories.values(), *locale.languages.values()}
    return sorted(name for name in names if not name.isascii() and _written(name, codec))


def _written(name: str, codec: str) -> bool:
    try:
        return name.encode(codec).decode(codec) == name
    except UnicodeError:
        return False


def table(chosen: list[str]) -> str:
    rows = [line for number, name in enumerate(chosen) for line in (*["Heat;1995"] * 5, f"{name};{1950 + number}")]
    return "\n".join(["title;year", *rows])


def measure() -> dict[str, dict[str, int]]:
    """Right ones by the number of words, of ours and of the library, with all that were read."""
    found = {f"{length} words": Counter[str]() for length in LENGTHS}
    rng = random.Random(0)
    for language, codecs in WRITTEN.items():
        for codec in codecs:
            known = words(language, codec)
            for length in LENGTHS:
                for _ in range(DRAWS):
                    text = table(rng.sample(known, length))
                    data, count = text.encode(codec), found[f"{length} words"]
                    ours, theirs = guessed(data), from_bytes(data).best()
                    right = data.decode(ours.codec, "replace") == text
                    count["tables"] += 1
                    count["ours"] += right
                    count["called sure"] += ours.sure
                    count["sure and wrong"] += ours.sure and not right
                    count["charset-normalizer alone"] += theirs is not None and str(theirs) == text
    return {name: dict(count) for name, count in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encodings", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    found = measure()
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    for name, count in found.items():
        print(f"{name}: " + ", ".join(f"{what} {number}" for what, number in count.items()))


if __name__ == "__main__":
    main()
