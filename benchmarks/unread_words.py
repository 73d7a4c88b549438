"""How many words of a language the encoder cannot read: `python -m benchmarks.unread_words [--json]`.

The words are names of countries and of languages as the Unicode CLDR has them (package `babel`). Beside the share of
unread words, the share of the encoder's unknown token, which says little.
"""

from __future__ import annotations

import argparse
import json

from babel import Locale

from kgrec_core.text.catalog_vectors import bert_name
from kgrec_core.text.characters import unread_share
from kgrec_core.text.pretrained_weights import load_tokenizer

LATIN = "en de fr es it nl sv fi hu pl cs ro tr vi id sw eu lt is cy".split()
OTHERS = "ru uk bg el ar he fa hi bn ta th ka hy am ko ja zh".split()


def measured(language: str) -> tuple[float, float]:
    """Share of unread words, and of unknown tokens."""
    locale, tokenizer = Locale.parse(language), load_tokenizer(bert_name())
    names = [*locale.territories.values(), *locale.languages.values()]
    ids = [piece for each in tokenizer(names, add_special_tokens=False)["input_ids"] for piece in each]
    return unread_share(tokenizer, names), ids.count(tokenizer.unk_token_id) / len(ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    found = {language: measured(language) for language in (*LATIN, *OTHERS)}
    if parser.parse_args().json:
        print(json.dumps({language: {"unread": one, "unknown": other} for language, (one, other) in found.items()}))
        return
    print("| language | unread words | unknown tokens |\n|---|---|---|")
    for language, (unread, unknown) in found.items():
        print(f"| {language} | {unread:.2f} | {unknown:.2f} |")


if __name__ == "__main__":
    main()
