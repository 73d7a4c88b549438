"""Lines of an order that are no products: postage, discounts, fees. Nobody wants them recommended."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.ingest.rare_items import set_aside
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.values.column_words import words_of
from kgrec_core.domain import E_COMMERCE, Domain
from kgrec_core.schema.columns import ITEM, TITLE

_ALWAYS = frozenset(
    """postage shipping porto versand versandkosten versandkostenpauschale livraison envio spedizione frete dostawa
    kargo доставка 运费 運費 送料 배송비""".split()
)
_BESIDE = frozenset(
    """and of the for und de la le fee fees charge charges cost costs kosten gebuehr standard express dotcom carriage
    delivery free handling frais port spese gastos discount rabatt remise descuento sconto voucher coupon gutschein
    bank manual adjustment adjust bad debt commission sample samples tip tips deposit pfand surcharge tax vat mwst
    rounding refund amazon paypal packaging verpackung insurance""".split()
)
_MOSTLY = 0.8  # share of the ids of products that hold a digit, from which on those without one are others


def without_charges(clean: CleanTables, domain: Domain, ledger: Ledger) -> CleanTables:
    """The tables of a shop without lines that tell what an order cost beside its products."""
    if domain.name != E_COMMERCE.name or TITLE not in clean.items:
        return clean
    digits = clean.items[ITEM].str.contains(r"\d", regex=True)
    titles = clean.items[TITLE].map(_kind)
    coded = digits[titles == ""].mean() >= _MOSTLY
    charges = (titles == "sure") | ((titles == "likely") & coded & ~digits)
    if not charges.any() or charges.all():
        return clean
    ids = pd.Index(clean.items.loc[charges, ITEM])
    what = "is no product by its name, but what an order cost beside them, and is set aside"
    return set_aside(clean, ids, what, "Give it another title, if it is something to recommend.", ledger)


def _kind(title: object) -> str:
    """Of a title that speaks of shipping alone "sure", of one of other charges "likely", of any other "".

    >>> [_kind(title) for title in ("POSTAGE", "Bank Charges", "Postage Stamp Mug", "Manual")]
    ['sure', 'likely', '', 'likely']
    """
    words = set(words_of(str(title)))
    if not words or words - _ALWAYS - _BESIDE:
        return ""
    return "sure" if words & _ALWAYS else "likely"
