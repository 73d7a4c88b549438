"""Columns of yes and no under any of the words that are used for it."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.values.missing import is_missing

_PLAIN_YES = """true yes y t ja j oui o vrai sí si s verdadero cierto vero sim verdadeiro да д waar 是 真 on wahr
    истина"""
_PLAIN_NO = """false no n f nein non faux falso não nao нет н nee onwaar 否 假 off falsch ложь"""
_YES = (
    frozenset(_PLAIN_YES.split())
    | frozenset(
        """like liked likes love loved up thumbsup thumbs_up upvote upvoted positive pos + +1 👍 ❤ ❤️ ✓ ✔ x
        clicked click watched seen bought purchased played read viewed accepted recommended recommend
        gefällt mag positiv aime j'aime gusta piace gosto нравится 喜欢 赞 vind-ik-leuk""".split()
    )
    | {"thumbs up", "recommends", "je recommande", "gefällt mir", "me gusta", "mi piace", "vind ik leuk"}
)
_NO = frozenset(_PLAIN_NO.split()) | frozenset(
    """dislike disliked dislikes hate hated down thumbsdown thumbs_down downvote downvoted negative neg - −
    👎 ✗ ✘ × not_clicked skipped unseen unwatched rejected ignored not_recommended negativ 不喜欢 踩""".split()
) | {
    "thumbs down", "not clicked", "not watched", "not seen", "not bought", "not recommended", "no click", "-1",
    "gefällt mir nicht", "je n'aime pas", "no me gusta", "non mi piace", "не нравится", "não gosto",
}  # fmt: skip


def as_yes_no(texts: pd.Series) -> pd.Series | None:
    """1 for yes, 0 for no, not-a-number for nothing; None where some cell is neither, or no word stands in it.

    >>> as_yes_no(pd.Series(["ja", "nein", ""])).tolist()
    [1.0, 0.0, nan]
    >>> as_yes_no(pd.Series(["1", "0"])) is None
    True
    """
    distinct = pd.Series(texts.dropna().astype(object).unique(), dtype=object)
    if len(distinct) > 40:
        return None
    given = distinct[~is_missing(distinct, ids=True)]
    read = {cell: _read(str(cell)) for cell in given}
    words = [cell for cell in given if str(cell).strip() not in {"0", "1", "0.0", "1.0", "-1", "+1", "-", "x"}]
    if not len(given) or None in read.values() or not (words or _signs(given)):
        return None
    return texts.map(read).astype(float)


def _read(cell: str) -> float | None:
    text = cell.strip().casefold()
    if text in {"1", "1.0", "+1"} or text in _YES:
        return 1.0
    return 0.0 if text in {"0", "0.0"} or text in _NO else None


def _signs(given: pd.Series) -> bool:
    """Whether the cells are "+" and "-"."""
    signs = {str(cell).strip() for cell in given}
    return "+" in signs and signs <= {"+", "-", "−"}
