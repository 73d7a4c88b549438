"""All vectors of a catalog: items by BERT and by XLNet, and every behaviour event by BERT."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import LEVELS, event_level
from kgrec_core.schema.columns import VALUE
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.bert_adaptation import AdaptReport
from kgrec_core.text.characters import BOUND, told
from kgrec_core.text.compact_xlnet import XLNetPretrainConfig, XLNetReport, train_compact_xlnet
from kgrec_core.text.documents import item_document, level_document
from kgrec_core.text.encoder import TextEncoder
from kgrec_core.text.interaction_adaptation import InteractionReport
from kgrec_core.text.pretrained_weights import default_bert_path
from kgrec_core.text.vector_cache import VectorStore

Vectors = npt.NDArray[np.float32]
ITEM_TOKENS, EVENT_TOKENS = 96, 48  # of the longest document that is read to its end


@dataclass(frozen=True, eq=False)
class CatalogVectors:
    item_bert: Vectors  # (items, BERT dim), unit rows
    item_text: Vectors  # (items, XLNet dim), unit rows
    event_text: Vectors  # (items, levels, BERT dim); levels that the data do not have are zero
    bert: str  # name or folder
    xlnet: str
    pretraining: XLNetReport | None  # None when XLNet came from elsewhere
    adaptation: AdaptReport | InteractionReport | None  # None when BERT stayed as it came
    unread: float = 0.0  # share of the words that BERT cannot read, where characters are read beside it


def load_encoder(name: str, max_length: int, unread: float = 0.0) -> TextEncoder:
    """The encoder of a folder or a hub name, reading up to `max_length` tokens.

    unread: share of the words for which characters are read beside it
    """
    return TextEncoder.load(name, max_length).beside_characters(unread)


def bert_name() -> str:
    """The BERT named by KGREC_BERT (a hub name or a folder), else the one that the requirements bring."""
    return os.environ.get("KGREC_BERT") or str(default_bert_path())


def encode_catalog(
    catalog: Catalog,
    store: Path,
    xlnet: Path,
    progress: Progress = no_progress,
    adapted: tuple[Path, AdaptReport | InteractionReport] | None = None,
) -> CatalogVectors:
    """Vectors of a catalog; `store` keeps them by content, `xlnet` receives the compact model when one is trained.

    adapted: folder of a BERT that was taught by the data, and its report; the one of `bert_name` reads when None.
    """
    bert = str(adapted[0]) if adapted else bert_name()
    rows = catalog.item_rows()
    documents = [item_document(row, catalog.domain) for row in rows]
    vectors = VectorStore(store)
    encoder = load_encoder(bert, ITEM_TOKENS)
    unread = _unread(encoder, documents)
    readers = f"BERT ({told(unread)})" if unread else "BERT"
    item_bert = vectors.encode(
        encoder.beside_characters(unread), documents, _named(progress, f"{readers} reads the items", 0.0, 0.25)
    )
    levels = event_levels(catalog)
    events = [level_document(row, level, catalog.domain) for row in rows for level in levels]
    part_of_progress = _named(progress, f"{readers} reads what people did", 0.25, 0.65)
    read = vectors.encode(load_encoder(bert, EVENT_TOKENS, unread), events, part_of_progress)
    event_text = np.zeros((len(rows), len(LEVELS), read.shape[1]), np.float32)
    event_text[:, levels] = read.reshape(len(rows), len(levels), -1)
    name = os.environ.get("KGREC_XLNET")
    report = None
    if not name:
        part_of_progress = _named(progress, "XLNet learns the language of the catalogue", 0.65, 0.95)
        report = train_compact_xlnet(documents, item_bert, xlnet, XLNetPretrainConfig(), part_of_progress)
        name = str(xlnet)
    encoder = load_encoder(name, XLNetPretrainConfig().max_length if report else ITEM_TOKENS)
    item_text = vectors.encode(encoder, documents, _named(progress, "XLNet reads the items", 0.95, 1.0))
    return CatalogVectors(item_bert, item_text, event_text, bert, name, report, adapted[1] if adapted else None, unread)


def _unread(encoder: TextEncoder, documents: Sequence[str]) -> float:
    """Share of the words that it cannot read, in steps of a hundredth; 0 where it reads enough of them."""
    share = encoder.unread_share(documents)
    return round(share, 2) if share > BOUND else 0.0


def event_levels(catalog: Catalog) -> list[int]:
    """The rating levels that occur, and that of a plain like, which a new history is made of."""
    if VALUE not in catalog.interactions:
        return [event_level(catalog.domain.positive_value, catalog.domain)]
    distinct = catalog.interactions[VALUE].dropna().unique().tolist()
    found = {event_level(float(value), catalog.domain) for value in (*distinct, catalog.domain.positive_value)}
    return sorted(found)


def _named(progress: Progress, name: str, start: float, end: float) -> Progress:
    return lambda what, share: progress(name, start + share * (end - start))
