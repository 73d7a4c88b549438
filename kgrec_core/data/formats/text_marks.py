"""Marks in a text with rows, made those of CSV: quotation marks that databases escape, blanks after separators."""

from __future__ import annotations

import html
import re

from kgrec_core.data.formats.csv_tables import ONE_CHARACTER
from kgrec_core.data.formats.line_cells import BLANKS, ENTITY, WIDE_BLANKS, blanks_follow, without_blanks
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.text_layout import TextLayout
from kgrec_core.data.ledger import Ledger

_ESCAPED = re.compile(r'(?<!\\)\\"(?!")')
_DOUBLED = re.compile(r'[^\\\s,;|]""[^\s,;|]')
_SINGLE = re.compile(r"'[^\n]*'")
_SINGLE_ENDS = re.compile(r"(?m)(?:^|(?<=[,;\t|]))'|'(?=[,;\t|]|$)")
_HEAD = 1 << 14  # characters
_NEARLY_ALL = 0.9


def with_plain_marks(file: SourceFile, text: str, ledger: Ledger) -> str:
    r"""The text with marks inside of cells doubled, where it writes \" for them, and with \" in place of '."""
    if '\\"' in text and _ESCAPED.search(text) and not _DOUBLED.search(text):
        ledger.note(file.name, 'quotation marks inside of cells are written \\"; they were read as marks')
        return re.sub(r'(?<!\\)\\"', '""', text)
    head = [line for line in text[:_HEAD].split("\n")[:50] if line.strip()]
    if '"' not in text and sum(bool(_SINGLE.fullmatch(line)) for line in head) > _NEARLY_ALL * len(head):
        return _SINGLE_ENDS.sub('"', text).replace("''", "'")
    return text


def with_one_character(text: str, layout: TextLayout) -> str:
    """The text with one character between cells."""
    separator = layout.separator
    if separator in (BLANKS, WIDE_BLANKS):
        blanks = r"[ \t]+" if separator == BLANKS else r" {2,}|\t"
        if '"' in text:
            text = re.sub(rf'("[^"\n]*"(?=\s|\Z))|{blanks}', lambda found: found[1] or ONE_CHARACTER, text)
        else:
            text = re.sub(blanks, ONE_CHARACTER, text)
        return re.sub(rf"(?m)^{ONE_CHARACTER}+|{ONE_CHARACTER}+$", "", text)
    if len(separator) > 1:
        return text.replace(separator, ONE_CHARACTER)
    if separator == ";" and "&" in text:
        text = ENTITY.sub(_safely, text)
    return without_blanks(text, separator) if blanks_follow(text[:_HEAD], separator) else text


def _safely(entity: re.Match[str]) -> str:
    """What an entity stands for, unless that would part cells."""
    plain = html.unescape(entity[0])
    return entity[0] if plain in '";\n\r' else plain
