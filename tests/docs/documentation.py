"""The pages of the documentation: their blocks of code, their headings, their links and their numbers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
COMMANDS = (["kgrec"], ["python", "-m", "kgrec_core"])  # how a line begins that our parser reads
_BLOCK = re.compile(r"^(<!--[^\n]*not run[^\n]*-->\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    page: Path
    line: int  # of the page, the first of the code
    language: str  # "python", "console", "" ...
    code: str
    runs: bool  # False behind a comment that says "not run"


def blocks(page: Path, language: str | None = None) -> tuple[Block, ...]:
    """Of a language, or all."""
    text = page.read_text(encoding="utf-8")
    found = (
        Block(page, text.count("\n", 0, match.start(3)) + 1, match[2], match[3], not match[1])
        for match in _BLOCK.finditer(text)
    )
    return tuple(each for each in found if language is None or each.language == language)


def commands(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a page's blocks that call the command line, and the words behind its name."""
    for block in blocks(page):
        for line in block.code.replace("\\\n", "").splitlines():
            words = [] if block.language == "python" else shlex.split(line, comments=True)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):  # KGREC_BERT=... before the command
                words = words[1:]
            for name in COMMANDS:
                if words[: len(name)] == name:
                    yield line, words[len(name) :]


def prose(page: Path) -> str:
    """A page without its blocks of code and without the addresses of links."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return re.sub(r"\]\([^)]*\)", "]", text)


def headings(page: Path) -> frozenset[str]:
    """Anchors, as GitHub makes them of headings."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    return frozenset(_anchor(line.lstrip("#").strip()) for line in text.splitlines() if line.startswith("#"))


def links(page: Path) -> tuple[str, ...]:
    """Addresses of a page's links and pictures."""
    return tuple(re.findall(r"\]\(([^)\s]+)\)", _BLOCK.sub("", page.read_text(encoding="utf-8"))))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
