"""Keyed hashes in place of user ids."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.ingest.column_values import tidy
from kgrec_core.data.vocab import Vocab
from kgrec_core.errors import UnknownIdError

_LENGTH = 12  # base32 letters, 60 bits: two of a million users share one with a chance of 1 in 2 million


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Names in place of user ids: equal ids get equal names, and nobody gets back without the key.

    HMAC-SHA-256 (RFC 2104), cut to 60 bits.
    """

    key: bytes

    def of(self, user: str) -> str:
        """The name of a user id; '' for ''."""
        if not user:
            return ""
        digest = hmac.new(self.key, user.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.b32encode(digest).decode("ascii")[:_LENGTH].lower()

    def column(self, ids: pd.Series) -> pd.Series:
        ids = tidy(ids)
        return ids.map({user: self.of(user) for user in ids.unique()}).astype(object)


def index_of(user: str, known: Vocab, names: Pseudonyms | None) -> int:
    """The index of a user, by the id of the data set or by the one of the imported files. Raises UnknownIdError."""
    hidden = names.of(user) if names and user not in known else user
    if names and hidden not in known:
        raise UnknownIdError(
            f"{user!r} is not among the {_counted(len(known))}. User ids of this data set were replaced by hashes: "
            "give the id as it stands in the imported files, with the same capital and small letters."
        )
    return known.index(hidden)


def _counted(users: int) -> str:
    return "1 user" if users == 1 else f"{users} users"
