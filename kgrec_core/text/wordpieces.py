"""A vocabulary of word pieces learnt from the catalogue's own documents, in XLNet's layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_SPECIAL = {
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "cls_token": "<cls>",
    "sep_token": "<sep>",
    "mask_token": "<mask>",
}


def learn_word_pieces(documents: Sequence[str], size: int, max_length: int) -> PreTrainedTokenizerFast:
    """A lower-casing tokenizer of at most `size` pieces; padded on the left, class token last, as XLNet has it.

    Byte-pair merges (Sennrich et al. 2016) keep frequent names whole, so documents are short. A piece that begins
    a word carries the mark \u2581 of SentencePiece. No mark inside words: the library numbers marked letters in
    the order of a random hash, and the same texts would give another vocabulary in every process.
    """
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE(unk_token=_SPECIAL["unk_token"]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()])
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(_SPECIAL.values()),
        limit_alphabet=min(3000, size // 2),  # Chinese has as many; rarer ones become <unk> rather than push words out
        show_progress=False,
    )
    tokenizer.train_from_iterator(documents, trainer)
    separator, last = _SPECIAL["sep_token"], _SPECIAL["cls_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {separator} {last}",
        pair=f"$A {separator} $B:1 {separator}:1 {last}:1",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in (separator, last)],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, padding_side="left", model_max_length=max_length, **_SPECIAL
    )
