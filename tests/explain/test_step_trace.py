from __future__ import annotations

import pytest

from kgrec_core import service
from kgrec_core.explain.why.step_trace import Tracer
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
