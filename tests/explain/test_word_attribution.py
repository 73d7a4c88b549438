from __future__ import annotations

from dataclasses import replace

import pytest

from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.why.step_trace import Tracer
from kgrec_core.explain.why.word_attribution import TextReading, attribute_words
from kgrec_core.model.bundle import load_bundle
from kgrec_core.schema.trust import TextAttribution


@pytest.fixture
def explained(tiny: service.Service) -> TextAttribution:
    return tiny.explain_text("u0", tiny.recommend("u0", k=1).items[0].item.item_id)


@pytest.fixture
def reading(tiny: service.Service) -> TextReading:
    bundle = load_bundle("tiny")
    data = bundle.inputs.training_set(bundle.inputs.interactions.of_user(0), bundle.config)
    user = UserContext(bundle.recommender, data.data.items, data.levels, data.weights)
    candidate = next(item for item in range(14) if item not in user.items)
    tracer = Tracer(bundle, tiny._display)
    return TextReading(user, candidate, tracer.bert_of_items, tracer.xlnet, bundle.inputs.item_bert, 0.6)


def test_the_words_put_together_are_the_text_and_their_values_the_score(
    tiny: service.Service, explained: TextAttribution
) -> None:
    row = tiny.recommend("u0", k=1).items[0]
    assert "".join(word.label for word in explained.words).startswith(row.item.title)
    assert explained.score == pytest.approx(row.score, abs=1e-4)
    assert explained.base + sum(word.value for word in explained.words) == pytest.approx(explained.score, abs=1e-6)


def test_a_text_has_the_same_score_whichever_was_read_before_it(reading: TextReading) -> None:
    texts = ["A film about a dog", "Romance and letters", "War"]
    backwards = replace(reading).scores(texts[::-1]).tolist()
    assert reading.scores(texts).tolist() == pytest.approx(backwards[::-1], abs=1e-6)


def test_an_item_without_a_word_scores_as_the_game_without_its_text(reading: TextReading) -> None:
    game = Game(reading.user, reading.candidate)
    left = game.everything()
    left.text[0] = False
    assert reading.scores(["", " . "]) == pytest.approx([float(game.scores(left)[0])] * 2, abs=1e-4)
    assert attribute_words(reading, "").words == ()


def test_a_text_of_one_word_has_all_that_the_text_adds(reading: TextReading) -> None:
    nothing, whole = reading.scores(["", "Comet."]).tolist()
    found = attribute_words(reading, "Comet.")
    assert (found.base, found.score) == pytest.approx((nothing, whole))
    assert [(word.label, word.value) for word in found.words] == [("Comet.", pytest.approx(whole - nothing))]


def test_progress_ends_with_all_of_it_done(reading: TextReading) -> None:
    heard: list[float] = []
    attribute_words(reading, "One film about a dog", lambda what, share: heard.append(share), evaluations=16)
    assert heard[-1] == 1.0
    assert all(0 <= share <= 1 for share in heard)


def test_what_is_read_leaves_the_model_as_it_was(reading: TextReading) -> None:
    before = replace(reading.user.recommender.world)
    kept = before.item_text.clone(), before.similarity.clone()
    reading.scores(["a dog", "a cat"])
    after = reading.user.recommender.world
    assert after.item_text.equal(kept[0]) and after.similarity.equal(kept[1])
