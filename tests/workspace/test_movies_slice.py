"""The whole pipeline on a slice of the real films: real ratings and facts, real BERT, a compact XLNet of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core import service as api
from kgrec_core.cli import json_answers
from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.schema.explanation import Explanation
from kgrec_core.workspace.prepare import prepare

pytestmark = pytest.mark.real
FILMS, VIEWERS, LIST = 160, 60, 5


def slice_of(movies: Catalog) -> Catalog:
    """The films that most people rated, and the viewers who rated most of those."""
    known = movies.interactions["item_id"].value_counts().index[:FILMS]
    ratings = movies.interactions[movies.interactions["item_id"].isin(known)]
    ratings = ratings[ratings["user_id"].isin(ratings["user_id"].value_counts().index[:VIEWERS])]
    items = movies.items[movies.items["item_id"].isin(known)].reset_index(drop=True)
    triples = movies.triples[movies.triples["head"].isin(known)].reset_index(drop=True)
    return replace(
        movies, name="slice", interactions=ratings.reset_index(drop=True), items=items, triples=triples, users=None
    )


@pytest.fixture(scope="module")
def films() -> Catalog:
    return slice_of(BUILTIN["movies"].build(lambda line: None))


@pytest.fixture(scope="module")
def homes(films: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Two homes prepared one after the other from nothing."""
    both = (tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second"))
    with pytest.MonkeyPatch.context() as patch:
        for home in both:
            patch.setenv("KGREC_HOME", str(home))
            prepare(films, ModelConfig(), TrainConfig(epochs=2))
        yield both
    for home in both:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def service(homes: tuple[Path, Path]) -> Iterator[api.Service]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(homes[0]))
        yield api.open("slice")


@pytest.fixture(scope="module")
def explained(service: api.Service) -> list[Explanation]:
    """The first items of three viewers' lists."""
    users = [card.user_id for card in service.users()[:3]]
    return [
        service.explain(user, row.item.item_id) for user in users for row in service.recommend(user, k=LIST).items[:3]
    ]


def test_no_recommended_film_is_in_the_history(service: api.Service) -> None:
    for card in service.users():
        met = {event.item.item_id for event in service.history(card.user_id)}
        listed = [row.item.item_id for row in service.recommend(card.user_id, k=LIST).items]
        assert len(listed) == len(set(listed)) == min(LIST, FILMS - len(met)) and not met & set(listed)


def test_scores_of_a_list_fall_and_every_film_has_a_reason(service: api.Service) -> None:
    rows = service.recommend(service.users()[0].user_id, k=LIST).items
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert all(row.reason.endswith(".") for row in rows)


def test_shap_values_and_base_add_up_to_the_score(explained: list[Explanation]) -> None:
    for each in explained:
        assert each.base + sum(part.value for part in each.attributions) == pytest.approx(each.score, abs=1e-4)


def test_every_path_starts_in_the_history_and_walks_over_stored_facts(
    service: api.Service, films: Catalog, explained: list[Explanation]
) -> None:
    facts = {(head, relation) for head, relation in zip(films.triples["head"], films.triples["relation"], strict=True)}
    walked = 0
    for each in explained:
        met = {event.item.item_id for event in service.history(each.user)}
        for path in each.paths:
            ids = [node.id.removeprefix("item:") for node in path.nodes]
            assert path.nodes[0].id == f"user:{each.user}" and ids[1] in met and ids[-1] == each.item.item_id
            for edge in path.edges[1:]:
                assert (edge.head.removeprefix("item:"), edge.relation) in facts
                walked += 1
    assert walked


def test_a_second_preparation_gives_the_same_numbers(homes: tuple[Path, Path], films: Catalog) -> None:
    user = str(films.interactions["user_id"].iloc[0])
    told = []
    with pytest.MonkeyPatch.context() as patch:
        for home in homes:
            patch.setenv("KGREC_HOME", str(home))
            service = api.open("slice")
            listed = json_answers.recommendations(service.recommend(user, k=LIST))
            first = listed["items"][0]["item_id"]
            told.append(
                json.dumps([listed | {"ms": 0}, json_answers.explanation(service.explain(user, first)) | {"ms": 0}])
            )
    assert told[0] == told[1]
