"""Two people, two models, one item for two people: what stands beside what, on the tiny data set."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from kgrec_core import service
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.evaluate.compared_models import BY_NAME
from kgrec_core.explain.why.waterfall import TOLERANCE
from kgrec_core.model.bundle import load_bundle
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.comparison import MODELS, ComparedLists, ComparedPlace


def liked(opened: service.Service, user: str) -> set[str]:
    return {event.item.item_id for event in opened.history(user) if event.liked}


def titles(lists: ComparedLists) -> tuple[list[str], list[str]]:
    first, second = ([place.item.item_id for place in side.places] for side in (lists.first, lists.second))
    return first, second


def place(rank: int, other_rank: int | None, on_both: bool) -> ComparedPlace:
    return ComparedPlace(rank, ItemCard("i", "Item", None, ()), 0.0, other_rank, on_both)


def test_an_item_at_place_two_here_and_five_there_moved_up_by_three() -> None:
    assert place(2, 5, True).moved == 5 - 2
    assert place(5, 2, True).moved == 2 - 5


def test_an_item_that_the_other_list_lacks_has_not_moved_but_is_only_here() -> None:
    assert place(2, 40, False).moved is None
    assert place(2, None, False).moved is None


def test_both_lists_are_those_that_are_recommended(tiny: service.Service) -> None:
    lists = tiny.compare.people("u0", "u1", k=4).lists
    recommended = tuple([row.item.item_id for row in tiny.recommend(user, k=4).items] for user in ("u0", "u1"))
    assert titles(lists) == recommended
    assert (lists.first.label, lists.second.label) == ("Viewer u0", "Viewer u1")


def test_the_other_rank_is_the_place_of_the_item_for_the_other_person(tiny: service.Service) -> None:
    lists = tiny.compare.people("u0", "u2", k=4).lists
    known = {event.item.item_id for event in tiny.history("u2")}
    for each in lists.first.places:
        if each.item.item_id in known:
            assert each.other_rank is None and not each.on_both
        else:
            assert each.other_rank == tiny.explain("u2", each.item.item_id).rank
            assert each.on_both == (each.other_rank <= 4)


def test_what_stands_on_both_lists_is_counted_alike_from_either_side(tiny: service.Service) -> None:
    for other in ("u1", "u2", "u4"):
        lists = tiny.compare.people("u0", other, k=4).lists
        first, second = titles(lists)
        assert lists.on_both == len(set(first) & set(second)) == sum(each.on_both for each in lists.second.places)


def test_likes_are_shared_or_of_one_alone(tiny: service.Service) -> None:
    found = tiny.compare.people("u0", "u2")
    first, second = liked(tiny, "u0"), liked(tiny, "u2")
    assert {card.item_id for card in found.shared} == first & second
    assert {card.item_id for card in found.first_alone} == first - second
    assert {card.item_id for card in found.second_alone} == second - first
    assert f"Both liked {len(first & second)} films" in found.sentence


def test_the_most_alike_person_shares_the_largest_part_of_all_that_either_likes(tiny: service.Service) -> None:
    own = liked(tiny, "u0")
    shares = {
        card.user_id: len(own & liked(tiny, card.user_id)) / len(own | liked(tiny, card.user_id))
        for card in tiny.users()
        if card.user_id != "u0"
    }
    nearest = tiny.compare.most_alike("u0", 3)
    assert [shares[name] for name in nearest] == pytest.approx(sorted(shares.values(), reverse=True)[:3])
    assert "u0" not in nearest


def test_a_visitor_can_be_compared_with_somebody(tiny: service.Service) -> None:
    found = tiny.compare.people(Visitor(["f0", "f1"]), "u0", k=3)
    assert found.lists.first.label == "New visitor" and "of 2 that the new visitor liked" in found.sentence
    assert {card.item_id for card in (*found.shared, *found.first_alone)} == {"f0", "f1"}


def test_models_are_called_as_in_the_table_of_quality() -> None:
    assert dict(MODELS) == {name: BY_NAME[name].label for name in MODELS}


@pytest.mark.parametrize("model", ["ease", "popularity", "ours-no-graph"])
def test_two_models_rank_the_same_items_for_one_person(model: str, tiny: service.Service) -> None:
    lists = tiny.compare.models("u0", model, k=4)
    known = {event.item.item_id for event in tiny.history("u0")}
    assert titles(lists)[0] == [row.item.item_id for row in tiny.recommend("u0", k=4).items]
    for side in (lists.first, lists.second):
        assert len(side.places) == 4 and not known & {each.item.item_id for each in side.places}
        assert all(each.other_rank is not None for each in side.places)


def test_without_the_graph_is_the_list_of_the_model_with_no_fact(tiny: service.Service) -> None:
    lists = tiny.compare.models("u0", "ours-no-graph", k=4)
    assert titles(lists)[1] == [row.item.item_id for row in tiny.recommend("u0", k=4, graph=False).items]


def test_by_popularity_comes_first_what_most_people_liked(tiny: service.Service) -> None:
    counts = [place.score for place in tiny.compare.models("u0", "popularity", k=4).second.places]
    assert counts == sorted(counts, reverse=True)
    most = tiny.compare.models("u0", "popularity", k=4).second.places[0]
    assert most.score == len(tiny.users_who_liked(most.item.item_id))


@pytest.mark.parametrize("model", ["ease", "popularity", "ours-no-graph"])
def test_an_item_has_the_place_in_words_that_it_has_on_the_lists(model: str, tiny: service.Service) -> None:
    for place in tiny.compare.models("u0", model, k=4).first.places:
        found = tiny.compare.item_by_models("u0", model, place.item.item_id)
        assert (found.rank, found.other_rank) == (place.rank, place.other_rank)
        assert place.item.title in found.sentence and f"place {place.other_rank}" in found.sentence


def test_the_score_without_facts_is_that_of_the_model_without_edges(tiny: service.Service) -> None:
    listed = tiny.recommend("u0", k=3, graph=False).items
    for row in listed:
        sentence = tiny.compare.item_by_models("u0", "ours-no-graph", row.item.item_id).sentence
        assert sentence.endswith(f"to {row.score:.2f}.")


def test_causes_of_an_item_are_aligned_and_each_side_sums_to_its_score(tiny: service.Service) -> None:
    item = next(card.item_id for card in tiny.items() if card.title == "Comet 6")
    found = tiny.compare.reasons("u0", "u1", item)
    sums = [sum(getattr(cause, side) or 0.0 for cause in found.causes) for side in ("first", "second")]
    assert sums == pytest.approx([found.first.score, found.second.score], abs=TOLERANCE)
    names = [cause.name for cause in found.causes]
    assert len(set(names)) == len(names)
    whole = {part.player for side in (found.first, found.second) for part in side.attributions}
    assert set(names) == whole | {"base"}


def test_a_cause_that_one_of_two_people_has_not_is_none_there(tiny: service.Service) -> None:
    found = tiny.compare.reasons("u0", "u1", "f6")
    met = [{event.item.item_id for event in tiny.history(user)} for user in ("u0", "u1")]
    for cause in found.causes:
        if cause.kind == "history":
            item = cause.name.removeprefix("history:")
            assert [cause.first is not None, cause.second is not None] == [item in side for side in met]


def test_the_sentence_on_an_item_names_the_strongest_cause_of_each(tiny: service.Service) -> None:
    told = set()
    for other, item in product(("u1", "u2"), ("f0", "f3", "f6", "f9", "f12")):
        found = tiny.compare.reasons("u0", other, item)
        best = [max(side.attributions, key=lambda part: part.value) for side in (found.first, found.second)]
        assert all(f"{each.value:+.2f}" in found.sentence and each.label in found.sentence for each in best)
        assert ("for both is" in found.sentence) == (best[0].player == best[1].player)
        told.add("for both is" in found.sentence)
    assert told == {True, False}


def test_the_sentence_on_an_item_says_who_has_met_it(tiny: service.Service) -> None:
    met = [{event.item.item_id for event in tiny.history(user)} for user in ("u0", "u2")]
    for item in (card.item_id for card in tiny.items()):
        sentence = tiny.compare.reasons("u0", "u2", item).sentence
        who = "Both" if item in met[0] & met[1] else "Viewer u0" if item in met[0] else "Viewer u2"
        assert (f"{who} watched" in sentence) == (item in met[0] | met[1])


def test_a_comparison_of_one_thing_with_itself_is_refused(tiny: service.Service) -> None:
    with pytest.raises(ConfigError, match="two different people"):
        tiny.compare.people("u0", "u0")
    with pytest.raises(ConfigError, match="two different films"):
        tiny.compare.why_above("u0", "f1", "f1")
    with pytest.raises(ConfigError, match="ours-no-graph, ease, popularity"):
        tiny.compare.models("u0", "ours")
    with pytest.raises(UnknownIdError):
        tiny.compare.people("u0", "u99")


def test_one_person_under_two_ids_is_no_pair(tiny: service.Service) -> None:
    """An imported data set knows its people by their old ids too."""
    same = replace(tiny.compare, card=lambda who: tiny.users()[0])
    with pytest.raises(ConfigError, match="two different people"):
        same.people("u0", "the-id-in-her-file")
    assert "u0" not in same.most_alike("u1", 16)


def test_numbers_of_a_sentence_are_counted_in_the_data(tiny: service.Service) -> None:
    bundle = load_bundle("tiny")
    item = tiny.compare.models("u0", "popularity", k=1).second.places[0].item
    values = bundle.inputs.interactions
    index = bundle.catalog.item_vocab.index(item.item_id)
    likes = int(((values.items == index) & (values.values >= bundle.catalog.domain.positive_value)).sum())
    assert f"{likes} of {len(tiny.users())} viewers liked it" in (
        tiny.compare.item_by_models("u0", "popularity", item.item_id).sentence
    )
