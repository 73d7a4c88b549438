"""The table of what is said of two items that share a fact, per domain: `python -m kgrec_core.domain.phrase_table`."""

from __future__ import annotations

from collections.abc import Iterator

from kgrec_core.domain.presets import DOMAINS
from kgrec_core.domain.words import Domain

_HEAD = """# What is said of two items that share a fact

`…` stands for what they share. A relation of a data set is looked up by its name, and by the usual relation that its
name stands for in many languages: `Regie`, `directed_by` and `导演` are the director. What is in none of the tables is
said by the form of its name: `painted_by` as "both are painted by …", `works_for` as "both work for …", `hair_length`
as "both have the hair length …".

Made by `python -m kgrec_core.domain.phrase_table > docs/phrases.md`.
"""


def phrase_table() -> str:
    """Markdown: the relations of each preset; those that any thing may have stand once, under "other"."""
    return "\n".join([_HEAD, *(line for domain in DOMAINS.values() for line in _of(domain))])


def _of(domain: Domain) -> Iterator[str]:
    common = {} if domain.name == "other" else DOMAINS["other"].relations
    yield from (f"## {domain.name}: {domain.items}", "", "| relation | said of two | said of many |", "|---|---|---|")
    for name, phrase in domain.relations.items():
        usual = common.get(name)
        if usual is None or usual.shared.replace("items", domain.items) != phrase.shared:
            yield f"| {name} | {phrase.shared.format(tail='…')} | {domain.group(name, '…')} |"
    yield ""


if __name__ == "__main__":
    print(phrase_table(), end="")
