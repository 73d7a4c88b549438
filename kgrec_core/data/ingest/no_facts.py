"""Why a column of items makes no facts: it names persons, records, codes, or what the audience thought."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kgrec_core.data.ingest.category_codes import are_categories
from kgrec_core.data.values.cell_words import word_counts
from kgrec_core.data.values.codes import are_numbers, what_they_name
from kgrec_core.data.values.dates import are_dates
from kgrec_core.domain.standard_relations import standard_relation

_IDS = frozenset(
    """id ids uuid guid sku ean upc gtin isbn asin parentasin issn barcode hash md5 sha nr no num code codes slug handle
    permalink token pk fk oclc doi imdb tmdb tvdb mbid lccn href artikelnr artikelnummer kennung cod codigo код ид 编号
    番号 番號 코드""".split()
)
_JOINED = frozenset(
    """imdbid tmdbid movieid bookid itemid productid artistid trackid userid parentasin imageurl posterpath
    backdroppath externalid stockcode zipcode postcode postalcode""".split()
)
_CONTACT = frozenset(
    """phone telephone tel telefon mobile fax email mail contact address adresse address1 address2 street strasse straße
    calle direccion indirizzo zip plz postcode postal cap whatsapp kontakt телефон адрес 电话 地址 電話 住所""".split()
)
_MAP = frozenset("lat latitude lon lng longitude gps geo coordinates coords geolocation koordinaten geohash".split())
_USERS = frozenset(
    """contributor submitter uploader reviewer reviewers user users username userid rater voter owner
    customer host hosts landlord""".split()
)
_AUDIENCE = frozenset(
    """vote votes voters voted popularity members favorites favourites favorited followers subscribers views viewers
    likes dislikes downloads ratings rating reviews watchers watched sales sold revenue gross boxoffice helpful useful
    funny cool scored rank ranking ranked playcount plays listeners checkins checkin owners wishlists wishlist trending
    metascore metacritic score scores stars star avg average mean polarity sentiment positive negative recommendations
    popular popularidad bewertung bewertungen sterne beliebtheit note avis puntuacion valoracion voto оценка рейтинг
    评分 人气 销量 評価 wanting owned trading completed dropped hype shares comments upvotes downvotes cited citations
    feedback likecount viewcount clicks impressions""".split()
)
_RECORD = frozenset(
    """created updated modified added uploaded submitted crawled scraped inserted imported deleted archived hidden draft
    enabled visible taxable verified stock inventory quantity qty menge anzahl lagerbestand bestand
    currency waehrung währung tax vat
    status sponsored spoiler homepage website url link image img thumbnail poster backdrop picture photo icon cover
    hours timezone availability available open closed active unnamed""".split()
)
_TEXTS = frozenset(
    """tagline description beschreibung summary synopsis overview plot abstract text body content lyrics steps step
    instructions directions quote comment comments review about bio biography notes blurb excerpt subtitle
    descripcion descrizione descricao описание 描述 简介""".split()
)
_PLACES = frozenset("index position sort order row page line version".split())  # of a record among others, by number
READ_AS_TEXT = "it reads like a description; it is read as text"
_PERSON_COLUMNS = ("profile", "avatar", "login", "password")
_COVERED = 0.95  # share of the items that have the value of a constant


def by_name(words: Sequence[str], texts: pd.Series) -> str:
    """The reason against a column that its name gives, or its name together with its values. texts: filled cells."""
    joined, last = "".join(words), next((word for word in reversed(words) if not word.isdigit()), "")
    numbers = are_numbers(texts.head(500).tolist())
    if any(word in _CONTACT for word in words) or any(word in _PERSON_COLUMNS for word in words):
        return "it tells where somebody lives or is reached"
    if any(word in _MAP for word in words) or (joined in ("x", "y") and numbers):
        return "it holds points on a map"
    if any(word in _USERS for word in words) and "rated" not in words:
        return "it names users"
    if numbers and any(word in _AUDIENCE for word in words):
        return "it counts or averages what the audience did, which is no fact about the item"
    if "count" in words and numbers and any(word in _AUDIENCE for word in words):
        return "it counts what the audience did, which is no fact about the item"
    if last in _TEXTS and word_counts(texts.head(500)).mean() >= 3:
        return READ_AS_TEXT
    if any(word in _RECORD for word in words) and not standard_relation(joined):
        return "it tells of the record, not of the item"
    if numbers and last in _PLACES:
        return "it tells of the record, not of the item"
    coded = (last in _IDS or joined in _JOINED) and not _names_a_kind(words, last, texts)
    if coded and not are_categories(words, texts):
        return "it holds ids or codes"
    return ""


def _names_a_kind(words: Sequence[str], last: str, texts: pd.Series) -> bool:
    """Whether words stand in a column of ids, which are rather names: "country_code" DE, "genre ids" Drama."""
    base = "".join(word for word in words if word not in _IDS and not word.isdigit())
    values = texts.head(500).tolist()
    return bool(standard_relation(base)) and not are_numbers(values) and not what_they_name(values)


def by_values(values: pd.Series, items: int) -> str:
    """The reason against a column that its values give. values: one a row, of all its cells · items: with a value."""
    named = what_they_name(values.head(2_000).tolist())
    if named:
        return f"it holds {named}"
    if are_dates(values.head(2_000)) > 0.8:
        return "it holds dates"
    counts = values.str.casefold().value_counts()
    if len(counts) == 1 and items > 1 and len(values) >= _COVERED * items:
        return "every item has the same value"
    linked = int(counts[counts > 1].sum())
    if items > 10 and len(counts) > 10 and linked < 0.1 * len(values):
        return "nearly every item has a value of its own"
    return ""
