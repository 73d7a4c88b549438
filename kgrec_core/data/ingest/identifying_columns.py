"""Columns that name or reach a person, by what they are called and by what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.masking import EMAIL, reaches
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, TEXT, TITLE, USER

_NAMES = re.compile(
    r"(^|_)(name|(first|last|full|user|nick|screen|display|real|given|family|customer|kunden|benutzer)_?name|surname|"
    r"vorname|nachname|nom|prenom|kunde|ansprechpartner|alias|nick|handle|login|e_?mail|mail|kontakt|contact|phone|"
    r"mobile|telephone|telefon|tel|fax|address|adresse|anschrift|street|strasse|ssn|social_security|passport|iban|"
    r"card_number|passw(or)?d|pwd|passwort|mot_de_passe|contrasena|secure_key|secret|token|salt|api_key|ip|ip_address|birth_?(day|date)|dob|twitter|instagram|facebook|linkedin|github|discord|telegram|"
    r"whatsapp|skype|tiktok|snapchat|mastodon|homepage|website|profile_?(url|link)|avatar|photo)(_|$)"
)
_OF_OTHERS = re.compile(  # columns of items that name who offered, wrote down or holds them, as a private person
    r"(^|_)(host|owner|contact|agent|landlord|guest|buyer|client|user|member|reviewer|customer|uploader|submitter|"
    r"contributor|poster|lister|advertiser|donor|recipient|vermieter|gastgeber|besitzer|inhaber|anbieter|proprietaire|"
    r"anfitrion)(s?_(first|last|full|user|nick|screen|display|real|given|family))?s?_?"
    r"(names?|username|login|handle|url|link|about|bio|location|neighbou?rhood|pictures?|photo|avatar|thumbnail|"
    r"(picture|thumbnail|photo|profile)_url)$"
    r"|(^|_)(posted|listed|uploaded|submitted|added|updated|modified|reported|verified)_by(_name)?$"
    r"|(^|_)(seller|vendor)_(first|last|full|user|nick|screen|contact)_?name$"
)
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d(][\d\s()./-]{6,18}\d")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")  # two to four words without a digit in front
_HANDLE = re.compile(r"@\w[\w.]+|(?=.*[A-Za-z])(?=.*[\d_.])[\w.-]{4,30}")  # letters with digits or signs, in one word
_LETTER = re.compile(r"[^\W\d_]")
_UNIT = re.compile(r"\d{1,4}\D{1,3}")  # "12 kg", "3rd"
_SHARE = 0.3  # of the filled cells that look like an address
_OWN, _LOOK = 0.9, 0.6  # share of values that nobody else has, and of those that look like names
_FEW = 10  # cells from which a text that differs from person to person is told by that alone
_HEAD = 500  # cells that are looked at


def identifying(frame: pd.DataFrame, of_people: bool) -> tuple[str, ...]:
    """Columns of direct identifiers. of_people: whether each row is a person, so that names and handles are some too;
    the name of a product is no secret.
    """
    own = {USER, ITEM, TITLE, TEXT, *PROVENANCE}
    columns = [str(name) for name in frame.columns if name not in own]
    return tuple(
        name
        for name in columns
        if _reaches(frame[name]) or (_names(name, frame[name]) if of_people else names_another(name))
    )


def names_another(name: str) -> bool:
    """Whether a column of items names a person beside the item: its host, its owner; an author is a fact of a book.

    >>> [names_another(name) for name in ("host_name", "ownerUserName", "posted_by", "author", "artist_name", "brand")]
    [True, True, True, False, False, False]
    """
    return bool(_OF_OTHERS.search(_snake(name)))


def names_a_person(name: str) -> bool:
    """Whether a column of this name holds names, addresses or handles."""
    return bool(_NAMES.search(_snake(name)))


def _snake(name: str) -> str:
    """Small letters with _ between words, without digits and signs."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return re.sub(r"[^a-z]+", "_", parted.lower().replace("ß", "ss"))


def _names(name: str, column: pd.Series) -> bool:
    return names_a_person(name) or _tells_apart(column) or _is_another_id(name, column)


def _is_another_id(name: str, column: pd.Series) -> bool:
    """Whether it is an id that each person has elsewhere, such as that of an account."""
    if not re.search(r"(^|_)(u?id|uuid|guid)$", _snake(name)):
        return False
    filled = _filled(column)
    return len(filled) >= _FEW and len(set(filled)) >= _OWN * len(filled)


def _filled(column: pd.Series) -> list[str]:
    return [text for cell in column.dropna() if (text := str(cell).strip())]


def _reaches(column: pd.Series) -> bool:
    often = Counter(_filled(column)[:_HEAD])
    cells = sum(often.values())
    direct = sum(count for text, count in often.items() if EMAIL.fullmatch(text) or text.startswith("@"))
    some = sum(count for text, count in often.items() if reaches(text) or is_phone(text))
    return cells > 0 and (direct >= _SHARE * cells or some >= 2 * _SHARE * cells)


def _tells_apart(column: pd.Series) -> bool:
    """Whether nearly every person has a text of their own: names, handles, addresses of pages; dates are numbers."""
    filled = _filled(column)
    if len(filled) < 2 or len(set(filled)) < _OWN * len(filled):
        return False
    some = filled[:_HEAD]
    if _share(some, lambda text: _LETTER.search(text) is not None) <= _LOOK:
        return False
    if len(filled) >= _FEW and _share(some, lambda text: _UNIT.fullmatch(text) is not None) <= _LOOK:
        return True
    return _share(some, lambda text: any(form.fullmatch(text) for form in (_NAME, _HANDLE, _ADDRESS))) > _LOOK


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts)


def is_phone(text: str) -> bool:
    """Digits with a plus or with separators; a plain number is a number, a date is a date, and an ISBN a book."""
    if not _PHONE.fullmatch(text) or re.fullmatch(r"\d{4}-\d\d?-\d\d?.*|\d+(\.\d+)?|97[89][\d-]{10,14}", text):
        return False
    digits = sum(letter.isdigit() for letter in text)
    return 8 <= digits <= 15 and (text.startswith("+") or any(letter in " ()/-" for letter in text))


def check_kept(tables: Tables, kept: frozenset[str]) -> None:
    """Raises ConfigError for a column to be kept that neither users nor items have."""
    frames = [frame for frame in (tables.users, tables.items) if frame is not None]
    have = sorted({str(name) for frame in frames for name in frame.columns if name not in (USER, ITEM, *PROVENANCE)})
    for name in sorted(kept - set(have)):
        there = f"there are {', '.join(map(repr, have))}" if have else "there are none"
        raise ConfigError(f"--keep-column {name}: users and items have no column {name!r}; {there}.")
