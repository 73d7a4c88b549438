from __future__ import annotations

import pytest
import torch

from kgrec_core import service
from kgrec_core.explain.why.step_trace import Tracer
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.changes import Change
from kgrec_core.schema.explanation import Edge


def test_the_trace_of_a_stored_item_loads_no_weights_of_a_language_model(
    tiny: service.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*asked: object, **named: object) -> None:
        raise AssertionError("weights were loaded")

    monkeypatch.setattr("transformers.AutoModel.from_pretrained", refuse)
    found = tiny.trace("u0", "f1")
    assert found.bert_tokens[0] == "[CLS]" and found.xlnet_tokens[-1] == "<cls>"


def test_the_trace_shows_the_word_pieces_that_the_encoders_read(tiny: service.Service) -> None:
    found, tracer = tiny.trace("u0", "f1"), Tracer(tiny._bundle, tiny._display)
    assert found.xlnet_tokens == tracer.xlnet.tokens(found.clean_text)
    assert found.bert_tokens == tracer.bert_of_items.tokens(found.event_documents[0])


def test_the_facts_of_the_trace_stand_with_what_the_score_loses_without_each(tiny: service.Service) -> None:
    found = tiny.trace("u0", "f2")
    falls = [abs(each.fall) for each in found.neighbours]
    assert falls == sorted(falls, reverse=True) and falls[0] > 0
    after = tiny.what_if("u0", Change(without_edges=(Edge("f2", "director", "person:ada star"),)), "f2")
    own = next(each for each in found.neighbours if each.label == "Ada Star")
    assert after.item is not None
    assert own.fall == pytest.approx(found.score - after.item.score, abs=1e-5)


def silenced(tiny: service.Service) -> service.Service:
    """With a last layer of the network that is zero, as at the start of training."""
    with torch.no_grad():
        for value in tiny._bundle.recommender.fusion.mlp[-1].parameters():
            value.zero_()
    return tiny


def test_what_the_branches_popularity_and_the_network_add_is_the_score(tiny: service.Service) -> None:
    found = tiny.trace("u0", "f2")
    assert not found.network_silent and not tiny.network_silent
    assert "the network" in [each.label for each in found.terms]
    assert sum(each.value for each in found.terms) == pytest.approx(found.score, abs=1e-4)


def test_of_a_silent_network_the_trace_says_so_and_the_branches_alone_are_the_score(tiny: service.Service) -> None:
    quiet = silenced(tiny)
    found = quiet.trace("u0", "f2")
    assert found.network_silent and quiet.network_silent
    assert "the network" not in [each.label for each in found.terms]
    assert sum(each.value for each in found.terms) == pytest.approx(found.score, abs=1e-4)


def test_with_a_silent_network_the_events_shown_are_those_of_the_largest_values(tiny: service.Service) -> None:
    quiet = silenced(tiny)
    found, why = quiet.trace("u0", "f2"), quiet.why("u0", "f2")
    told = [part.label for part in why.attributions if part.kind == "history"][:3]
    assert [title in document for title, document in zip(told, found.event_documents, strict=True)] == [True] * 3


def test_with_words_what_they_ask_for_is_a_part_of_the_sum(tiny: service.Service) -> None:
    found = silenced(tiny).trace(Asker(request="films by Ada Star"), "f2")
    assert "what your words ask for" in [each.label for each in found.terms]
    assert sum(each.value for each in found.terms) == pytest.approx(found.score, abs=1e-4)
