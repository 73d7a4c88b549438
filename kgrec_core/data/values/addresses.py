"""Addresses of things on the web and their short forms: which part is the id, and how a person would read them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pandas as pd

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}://|urn:|mailto:)\S*", re.IGNORECASE)
_CURIE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,30}:(?!//)([^\s:/]{1,200})")  # wd:Q42
_LITERAL = re.compile(r'"(.*)"(?:@[A-Za-z0-9-]{1,40}|\^\^\S{1,200})?', re.DOTALL)
_TAGGED = re.compile(r"(.*?)(?:@[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})?|\^\^<[^<>\s]{1,200}>)", re.DOTALL)
_PASCAL = re.compile(r"(?:[A-Z][a-z]{2,}){2,6}")  # ScienceFiction
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 2_000  # characters of a cell that may be an address or be written with its language


def is_address(text: str) -> bool:
    """Whether the whole text is one address.

    >>> is_address("http://www.wikidata.org/entity/Q42"), is_address("see http://a.org"), is_address("wd:Q42")
    (True, False, False)
    """
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None


def share_of_addresses(column: pd.Series) -> float:
    """Share of the filled cells that are addresses, with or without <>; 0 for an empty column."""
    filled = pd.Series(column[column != ""].unique(), dtype=object)
    return float(filled.map(lambda text: is_address(unwrapped(text))).mean()) if len(filled) else 0.0


def unwrapped(cell: str) -> str:
    r"""A cell without the marks of a graph language around it: <address>, "text"@en, "1980"^^<type>, text@en.

    >>> [unwrapped(cell) for cell in ("<http://a.org/1>", '"Roma"@it', '"7"^^<http://a.org/int>', "a@b.org")]
    ['http://a.org/1', 'Roma', '7', 'a@b.org']
    """
    text = cell.strip()
    if len(text) > _LONGEST or not text:
        return text
    if text[0] == "<" and text[-1] == ">" and is_address(text[1:-1]):
        return text[1:-1]
    if text[0] == '"' and (match := _LITERAL.fullmatch(text)):
        return match[1].replace('\\"', '"')
    if "^^<" in text and (match := _TAGGED.fullmatch(text)):
        return match[1]
    return text


def last_part(text: str) -> str:
    """The id at the end of an address or of a short form with a prefix; any other text as it is.

    >>> last_part("http://ex.org/movie#Q1"), last_part("wd:Q42"), last_part("http://a.org/b/"), last_part("Alien: Two")
    ('Q1', 'Q42', 'b', 'Alien: Two')
    """
    text = unwrapped(text)
    if is_address(text):
        cut = text.rstrip("/#")
        cut = cut.partition("?")[0] if "/" in cut.partition("?")[0].partition("://")[2] else cut
        return re.split(r"[/#:]", cut)[-1] or text
    match = _CURIE.fullmatch(text)
    return match[1] if match else text


def read_label(text: str) -> str:
    """What a person would read for a thing that has no name: the end of its address in words.

    >>> read_label("http://dbpedia.org/resource/Beyonc%C3%A9_Knowles"), read_label("http://ex.org/g#ScienceFiction")
    ('Beyoncé Knowles', 'Science Fiction')
    >>> read_label("http://www.wikidata.org/entity/Q42"), read_label("Ada Bellamy")
    ('Q42', 'Ada Bellamy')
    >>> read_label("wd:Q42"), read_label("entity:4")
    ('Q42', 'entity:4')
    """
    part = last_part(text)
    whole = unwrapped(text)
    if part == whole or (part.isdecimal() and not is_address(whole)):  # entity:4 says more than 4
        return whole
    words = " ".join(unquote(part).replace("_", " ").split()) or part
    return _JOINT.sub(" ", words) if _PASCAL.fullmatch(words) else words
