from __future__ import annotations

import numpy as np
import pytest

from kgrec_core import service
from kgrec_core.errors import UnknownIdError
from kgrec_core.model.bundle import load_bundle
from kgrec_core.model.recommender import Recommender, pad
from kgrec_core.pictures.found_paths_page import found_places, in_words, nothing_found, render_found
from kgrec_core.pictures.neighbourhood_page import arranged, render_neighbourhood


@pytest.fixture
def ada(tiny: service.Service) -> str:
    return tiny.knowledge.search("ada")[0].key


def test_search_finds_names_by_their_beginning_without_case(tiny: service.Service) -> None:
    assert [place.label for place in tiny.knowledge.search("ADA")] == ["Ada Star"]
    assert tiny.knowledge.search("comet 1")[0].label == "Comet 1 (1991)"
    assert tiny.knowledge.search("   ") == tiny.knowledge.search("zzz") == ()


def test_an_unknown_place_is_told_the_way_on(tiny: service.Service) -> None:
    with pytest.raises(UnknownIdError, match="Search"):
        tiny.knowledge.neighbourhood("entity:nobody")


def test_one_starts_with_the_person_that_most_liked_items_share(tiny: service.Service, ada: str) -> None:
    mine = [fact.head.key.removeprefix("item:") for fact in tiny.knowledge.neighbourhood(ada).facts][:3]
    assert tiny.knowledge.start(mine).key == ada  # all of them share the kind of film, too


def test_one_starts_with_the_rarer_kind_where_no_person_is_shared(tiny: service.Service) -> None:
    around = {item.item_id: tiny.knowledge.neighbourhood(f"item:{item.item_id}", ["director"]) for item in tiny.items()}
    people = {item: {fact.tail.key for fact in found.facts} for item, found in around.items()}
    first, *others = people
    apart = next(other for other in others if not people[first] & people[other] and _shared(tiny, first, other))
    kinds = _shared(tiny, first, apart)
    start = tiny.knowledge.start([first, apart])
    assert start.key in kinds and start.facts == min(tiny.knowledge.place(key).facts for key in kinds)


def test_one_starts_with_somebody_well_known_where_nothing_is_shared(tiny: service.Service) -> None:
    assert tiny.knowledge.start([]) == tiny.knowledge.well_known(1)[0]


def _shared(tiny: service.Service, *items: str) -> set[str]:
    having = [{fact.tail.key for fact in tiny.knowledge.neighbourhood(f"item:{item}").facts} for item in items]
    return set.intersection(*having)


def test_the_facts_around_a_director_are_the_stored_ones(tiny: service.Service, ada: str) -> None:
    found = tiny.knowledge.neighbourhood(ada)
    triples = service.catalog_of("tiny").triples
    stored = triples[(triples["relation"] == "director") & (triples["tail_label"] == "Ada Star")]["head"]
    assert {fact.head.key for fact in found.facts} == {f"item:{item}" for item in stored}
    assert found.shown == found.total == len(stored)


def test_a_cap_leaves_neighbours_out_and_says_how_many_there_are(tiny: service.Service, ada: str) -> None:
    found = tiny.knowledge.neighbourhood(ada, most=2)
    assert (found.shown, found.total) == (2, tiny.knowledge.neighbourhood(ada).total)


def test_only_the_chosen_relations_are_shown(tiny: service.Service) -> None:
    found = tiny.knowledge.neighbourhood("item:f0", ["genre"], further=True)
    assert {fact.relation for fact in found.facts} == {"genre"}


def test_one_step_further_every_fact_touches_the_centre_or_a_neighbour(tiny: service.Service, ada: str) -> None:
    for key in (ada, "item:f0"):
        found = tiny.knowledge.neighbourhood(key, further=True)
        near = {key} | {
            end.key for fact in found.facts if key in (fact.head.key, fact.tail.key) for end in (fact.head, fact.tail)
        }
        assert all(near & {fact.head.key, fact.tail.key} for fact in found.facts)
        assert set(arranged(key, found.facts)) >= {fact.head.key for fact in found.facts}


def test_the_lists_that_a_place_drives_are_those_that_change_without_its_edges(tiny: service.Service) -> None:
    bundle = load_bundle("tiny")
    graph, model, data = bundle.inputs.graph, bundle.recommender, bundle.inputs.interactions
    names = {card.item_id: index for index, card in enumerate(tiny.items())}
    changed = 0
    for entity, place in enumerate(graph.entities.ids):
        cut = Recommender(model.world.without_edges(graph.edges_to(entity)), model.linear, model.fusion)
        expected = {}
        for user, name in enumerate(bundle.catalog.user_vocab.ids):
            own = bundle.inputs.training_set(data.of_user(user), bundle.config)
            history = pad([(own.data.items, own.levels, own.weights)])
            old, new = (_best_two(one.scores(history)[0].numpy(), own.data.items) for one in (model, cut))
            if old != new:
                expected[name] = (old - new, new - old)
        found = tiny.knowledge.influence(f"entity:{place}", k=2)
        assert found.asked == len(tiny.users())
        assert expected == {
            one.user: ({names[item.item_id] for item in one.gone}, {names[item.item_id] for item in one.come})
            for one in found.changes
        }
        changed += len(expected)
    assert changed  # else nothing was tested


def _best_two(scores: np.ndarray, seen: np.ndarray) -> set[int]:
    return set([item for item in np.argsort(-scores, kind="stable").tolist() if item not in seen][:2])


def test_progress_of_an_influence_ends_at_one(tiny: service.Service, ada: str) -> None:
    shares: list[float] = []
    tiny.knowledge.influence(ada, progress=lambda what, share: shares.append(share))
    assert shares[-1] == pytest.approx(1.0) and (np.diff(shares) >= -1e-9).all()


def test_the_picture_of_surroundings_asks_no_host_for_anything(tiny: service.Service, ada: str) -> None:
    page = render_neighbourhood(tiny.knowledge.neighbourhood(ada, further=True), "dark", tiny.domain)
    assert 'src="http' not in page and 'href="http' not in page
    assert "director" in page


def test_a_path_between_two_places_consists_of_stored_facts(tiny: service.Service, ada: str) -> None:
    triples = service.catalog_of("tiny").triples
    stored = {(f"item:{row.head}", row.relation, row.tail_label) for row in triples.itertuples()}
    other = next(f"item:{item.item_id}" for item in tiny.items() if item.title.startswith("Comet"))
    found = tiny.knowledge.strongest_paths(ada, other)
    assert (found.start.key, found.end.key) == (ada, other) and found.paths
    for path in found.paths:
        assert (path.places[0], path.places[-1]) == (found.start, found.end)
        for facts in path.steps:
            assert facts and all((fact.head.key, fact.relation, fact.tail.label) in stored for fact in facts)


def test_what_nothing_connects_is_said_in_a_sentence(tiny: service.Service) -> None:
    found = tiny.knowledge.shortest_paths("item:f0", "item:f13")  # films of the two kinds share no fact
    assert found.paths == ()
    said = "No path of up to 8 steps leads from Comet 0 (1990) to Letter 13 (2003)."
    assert nothing_found(found).startswith(said)
    same = tiny.knowledge.shortest_paths("item:f0", "item:f0")
    assert nothing_found(same) == "Both ends are Comet 0 (1990). Choose two different ones."


def test_found_paths_are_drawn_and_told(tiny: service.Service, ada: str) -> None:
    found = tiny.knowledge.shortest_paths(ada, "item:f0")
    page = render_found(found, "light", tiny.domain)
    assert 'src="http' not in page and "Ada Star" in page and "shared by fewer others" in page
    assert in_words(found.paths[0], tiny.domain).startswith("Ada Star — director → Comet")
    assert {place.key for place in found_places(found)} == {p.key for path in found.paths for p in path.places}


def test_the_best_known_places_are_items_and_then_entities_those_of_most_first(tiny: service.Service) -> None:
    items, entities = tiny.knowledge.best_known(2)[:2], tiny.knowledge.best_known(2)[2:]
    assert all(place.type == "item" for place in items) and all(place.type != "item" for place in entities)
    assert entities[0].facts == max(place.facts for place in tiny.knowledge.best_known() if place.type != "item")
