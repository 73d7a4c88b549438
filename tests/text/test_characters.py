"""Texts of scripts that an encoder does not read are known as such, and characters are read beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kgrec_core.text.catalog_vectors import load_encoder
from kgrec_core.text.characters import BOUND, SIZE, beside, character_vectors, unread_share
from kgrec_core.text.encoder import TextEncoder
from kgrec_core.text.pretrained_weights import default_bert_path, load_tokenizer
from kgrec_core.text.wordpieces import learn_word_pieces

READ = {
    "English": "A foldable and dimmable desk lamp made by Norvik, in the upper price range.",
    "German": "Ein faltbarer Schreibtischlampenständer aus Kunststoff, für die Küche geeignet",
    "Turkish": "Katlanabilir masa lambası, bulaşık makinesinde yıkanabilir",
    "pictographs": "😀 🎁 ❤️ 🚲",
    "numbers": "1999, 12.50",
}
UNREAD = {
    "Chinese": "可折叠台灯，由诺维克制造，适用于厨房和卧室",
    "Japanese": "折りたたみ式デスクランプ、調光可能、日本製",
    "Russian": "Складная настольная лампа с регулировкой яркости",
    "Korean": "접이식 조명 책상 램프, 주방에 적합합니다",
    "Thai": "โคมไฟตั้งโต๊ะพับได้ ปรับความสว่างได้",
    "Hindi": "मोड़ने योग्य डेस्क लैंप, भारत में निर्मित",
    "Greek": "Πτυσσόμενο επιτραπέζιο φωτιστικό στην Ελλάδα",
    "Arabic": "مصباح مكتبي قابل للطي صنع في مصر",
    "Hebrew": "מנורת שולחן מתקפלת עם בהירות מתכווננת",
}


@pytest.mark.parametrize("language", READ)
def test_texts_in_latin_letters_are_read_by_the_encoder_alone(language: str) -> None:
    assert unread_share(load_tokenizer(str(default_bert_path())), [READ[language]]) <= BOUND


@pytest.mark.parametrize("language", UNREAD)
def test_words_that_are_unknown_or_only_spelled_are_unread(language: str) -> None:
    assert unread_share(load_tokenizer(str(default_bert_path())), [UNREAD[language]]) > 0.5


def test_the_share_of_the_unknown_token_alone_would_miss_most_scripts() -> None:
    tokenizer = load_tokenizer(str(default_bert_path()))
    for language in ("Russian", "Korean", "Greek", "Arabic", "Hebrew"):
        ids = tokenizer(UNREAD[language], add_special_tokens=False)["input_ids"]
        assert tokenizer.unk_token_id not in ids


def test_a_tokenizer_that_learnt_a_script_reads_it() -> None:
    texts = list(UNREAD.values()) * 3
    assert unread_share(learn_word_pieces(texts, 600, 64), texts) < 0.1


def test_characters_tell_like_words_from_unlike_ones_in_any_script() -> None:
    pot, pan, book = character_vectors(["不锈钢炒锅", "不锈钢汤锅", "唐诗三百首"])
    assert pot @ pan > 0.3 > 3 * abs(pot @ book)


def test_plain_latin_words_are_left_to_the_encoder() -> None:
    assert not character_vectors(["A desk lamp 200"]).any()
    assert character_vectors([]).shape == (0, SIZE)


def test_both_readings_make_one_unit_vector_in_which_each_has_its_share(tiny_bert: Path) -> None:
    texts = ["台灯", "台灯 и лампа", "desk lamp"]
    plain = load_encoder(str(tiny_bert), 48)
    both = load_encoder(str(tiny_bert), 48, unread=0.75)
    vectors = both.encode(texts)
    assert vectors.shape == (3, both.dim) == (3, plain.dim + SIZE)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert (vectors[0, plain.dim :] ** 2).sum() == pytest.approx(0.75, abs=1e-5)
    assert vectors[2, : plain.dim] == pytest.approx(plain.encode(texts)[2], abs=1e-5)


def test_a_text_has_the_same_vector_beside_any_others() -> None:
    ones = np.ones((2, 4), np.float32) / 2
    assert beside(ones, ["台灯", "лампа"], 0.5)[0] == pytest.approx(beside(ones[:1], ["台灯"], 0.5)[0])


def test_an_encoder_that_reads_its_texts_is_the_same_as_before(tiny_bert: Path) -> None:
    encoder = TextEncoder.load(str(tiny_bert), device="cpu")
    assert encoder.beside_characters(0.0) is encoder
    assert encoder.beside_characters(0.5).fingerprint != encoder.fingerprint
