"""Lists for people as they are now: with thumbs, filters, words; and new items for the people of the data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch

from kgrec_core import service
from kgrec_core.browse.starting_people import Liker, personas
from kgrec_core.domain import CONSUMED, E_COMMERCE, LEVELS, VIDEO
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.explain.asker_scores import UserContext, context_of, with_likes_and_dislikes
from kgrec_core.explain.sentences import list_reasons
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.nameable_causes import Cause
from kgrec_core.model.bundle import load_bundle
from kgrec_core.model.network import Parts
from kgrec_core.model.recommender import pad
from kgrec_core.model.unseen_item import UnseenItem, own_facts, similarity_row
from kgrec_core.model.world import text_kernel
from kgrec_core.schema.asker import Asker, Visitor
from kgrec_core.schema.cards import ItemCard, UserCard
from kgrec_core.schema.recommendations import Recommendations
from kgrec_core.schema.requests import Wishes


def ids(found: Recommendations) -> list[str]:
    return [row.item.item_id for row in found.items]


def test_a_thumb_up_is_the_same_as_having_liked_it(tiny: service.Service) -> None:
    said = tiny.recommend(Asker(history=("f0", "f1"), likes=("f2",)), k=14)
    assert [(row.item, row.score) for row in said.items] == [
        (row.item, pytest.approx(row.score, abs=1e-5))
        for row in tiny.recommend(Visitor(["f0", "f1", "f2"]), k=14).items
    ]


def test_a_thumb_down_takes_from_the_closed_form_what_a_thumb_up_adds(tiny: service.Service) -> None:
    bundle = load_bundle("tiny")
    context, nothing, one = context_of(bundle, None, ["f0"]), np.zeros(0, np.int64), np.array([3])
    model = bundle.recommender
    plain, up, down = (
        pad([(said.items, said.levels, said.weights)]).dense(14)
        for said in (
            context,
            with_likes_and_dislikes(context, one, nothing, VIDEO),
            with_likes_and_dislikes(context, nothing, one, VIDEO),
        )
    )
    added = model.linear.collaborative(up) - model.linear.collaborative(plain)
    taken = model.linear.collaborative(plain) - model.linear.collaborative(down)
    assert torch.allclose(added, taken, atol=1e-6) and float(added.abs().max()) > 0


def test_where_nothing_is_graded_a_thumb_up_is_read_as_a_purchase(tiny: service.Service) -> None:
    context, nothing = context_of(load_bundle("tiny"), None, ["f0"]), np.zeros(0, np.int64)
    said = with_likes_and_dislikes(context, np.array([3]), nothing, E_COMMERCE.without_values())
    assert said.levels[-1] == CONSUMED


def test_where_nobody_grades_the_network_does_not_read_a_thumb_down(tiny: service.Service) -> None:
    bundle = load_bundle("tiny")
    loved = LEVELS.index("loved")
    assert bool(bundle.inputs.event_text[:, loved].any()) and not bool(bundle.inputs.event_text[:, CONSUMED].any())
    events, empty = bundle.recommender.state.events, bundle.recommender.fusion.empty
    assert torch.equal(events[:, CONSUMED], empty.expand(len(events), -1))  # nobody merely watched a film here
    assert not torch.isclose(events[:, loved], empty).all(1).any()


def test_what_was_said_of_an_item_replaces_its_rating_and_takes_it_off_the_list(tiny: service.Service) -> None:
    first = ids(tiny.recommend("u0"))[0]
    assert first not in ids(tiny.recommend(Asker("u0", dislikes=(first,)), k=14))
    seen = tiny.history("u0")[0].item.item_id
    assert len(ids(tiny.recommend(Asker("u0", likes=(seen,)), k=14))) == len(ids(tiny.recommend("u0", k=14)))


def test_filters_keep_what_was_asked_for(tiny: service.Service) -> None:
    cards = {card.item_id: card for card in tiny.items()}
    for item in ids(tiny.recommend(Visitor(["f0"]), k=14, wishes=Wishes(tags=("Romance",), years=(1998, 2001)))):
        assert "Romance" in cards[item].tags and 1998 <= (cards[item].year or 0) <= 2001
    hidden = set(ids(tiny.recommend(Visitor(), k=14))) - set(
        ids(tiny.recommend(Visitor(), k=14, wishes=Wishes(hide_popular=True)))
    )
    likes = {item: len(tiny.users_who_liked(item)) for item in cards}
    assert hidden and min(likes[item] for item in hidden) >= max(likes[item] for item in cards if item not in hidden)


def test_wishes_beyond_one_are_told_the_range() -> None:
    with pytest.raises(ConfigError, match="0 to 1"):
        Wishes(diversity=1.5)


def test_the_explanation_of_a_visitor_adds_up_to_the_score_on_their_list(tiny: service.Service) -> None:
    asker = Asker(history=("f0", "f1"), likes=("f2",), dislikes=("f9",))
    best = tiny.recommend(asker).items[0]
    found = tiny.explain(asker, best.item.item_id)
    assert (found.rank, found.score) == (1, pytest.approx(best.score, abs=1e-4))
    assert found.base + sum(part.value for part in found.attributions) == pytest.approx(found.score, abs=1e-4)


def test_without_the_graph_no_reason_names_a_fact(tiny: service.Service) -> None:
    reasons = " ".join(row.reason for row in tiny.recommend("u0", graph=False).items)
    assert reasons and not any(name in reasons for name in ("Ada", "Ben", "Cleo", "Dan", "Sci-Fi"))


def test_the_reasons_without_the_graph_are_those_of_the_model_without_it(tiny: service.Service) -> None:
    heard: list[object] = []
    listing = tiny._lists_without_graph
    reasons = list_reasons.checked_reasons

    def listen(
        user: UserContext, items: Sequence[int], found: Sequence[Cause], display: DisplayNames
    ) -> tuple[str, ...]:
        heard.append(user.recommender)
        return reasons(user, items, found, display)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(list_reasons, "checked_reasons", listen)
        tiny.recommend("u0", graph=False)
    assert heard == [listing.recommender]


def test_words_move_what_is_like_them_up_and_say_from_where(tiny: service.Service) -> None:
    asker = Visitor(request="a love letter, romance and drama")
    found = tiny.recommend(asker, k=14)
    assert all(title.startswith("Letter") for title in [row.item.title for row in found.items][:3])
    best = found.items[0]
    effect = tiny.request_effect(asker, best.item.item_id)
    assert effect.rank == 1
    assert effect.score - effect.score_without == pytest.approx(
        effect.text + effect.facts + effect.attention + effect.popularity, abs=1e-5
    )


def test_a_newcomer_with_the_text_and_facts_of_an_item_is_scored_like_it_without_likes_and_id(
    tiny: service.Service,
) -> None:
    bundle = load_bundle("tiny")
    model, item = bundle.recommender, 3
    graph, world = bundle.inputs.graph, model.world
    similarity = world.similarity[item].clone()
    facts = own_facts(world, world.kernel.columns[torch.from_numpy(graph.edges_of(item))].tolist())
    twin = UnseenItem(model, similarity, world.item_text[item], world.event_text[item, 2], 2, facts, facts.none)
    context = context_of(bundle, None, ["f0", "f12"])  # neither of them is the item
    history = pad([(context.items, context.levels, context.weights)])
    expected_vector = model.fusion.kgnn(
        model.fusion.item_text(world.item_text), model.fusion.entity.weight, world.edge_index, world.edge_relations
    )[item]
    assert torch.allclose(twin.vector, expected_vector, atol=1e-5)
    from kgrec_core.model.closed_form import branch_scores

    branches = branch_scores(world, model.linear, history.dense(world.items))[:, item].clone()
    branches[:, model.columns.heard] = 0  # so only what is expected of it counts, and all of that
    branches[:, model.columns.heard.stop :] /= model.linear.unknown[item]
    sent = model.linear.sent(history.dense(world.items))[1, 0, item]
    branches[:, model.columns.of_facts(1)] += world.kernel.own[:, item] * sent  # not counted for a stored item
    events = model.state.events[history.items, history.levels]
    user, _ = model.fusion.attend(expected_vector.expand(1, 1, -1), events, history.mask.unsqueeze(1))
    score = model.fusion(Parts(expected_vector.expand(1, -1), user.squeeze(1), branches, met=0.0))
    assert float(twin.scores_for(history)[0]) == pytest.approx(float(score[0]), abs=1e-4)


def test_similarity_of_a_known_text_is_its_row_of_the_kernel() -> None:
    vectors = torch.nn.functional.normalize(torch.randn(12, 5, generator=torch.Generator().manual_seed(0)), dim=1)
    kernel, unit = text_kernel(vectors, 0.6)
    row = similarity_row(vectors, unit, 0.6, vectors[4])
    others = torch.arange(12) != 4
    assert torch.allclose(row[others], kernel[4][others], rtol=1e-4)


def test_a_new_item_says_which_facts_count_and_for_whom_it_is(tiny: service.Service) -> None:
    facts = [("director", "Ada Star"), ("genre", "Sci-Fi"), ("director", "Nobody")]
    found = tiny.add_item("Comet 99", "", facts)
    assert found.used == ("director: Ada Star", "genre: Sci-Fi") and found.unknown == ("director: Nobody",)
    assert found.asked == len(tiny.users()) and found.users[0][1] <= found.users[-1][1]
    best = [int(card.user_id[1:]) % 2 for card, _ in found.users[:4]]
    assert best.count(0) >= 3  # even viewers like science fiction


def test_personas_are_three_different_people_with_counted_words(tiny: service.Service) -> None:
    found = tiny.lists.personas(tiny.users())
    assert [one.kind for one in found] == ["fan", "eclectic", "newcomer"]
    assert len({one.user.user_id for one in found}) == 3
    fan = found[0]
    tag = fan.title.removeprefix("A fan of ")
    liked = [event.item for event in tiny.history(fan.user.user_id) if event.liked]
    assert fan.words == f"{sum(tag in card.tags for card in liked)} of {len(liked)} liked films are {tag}"


def test_a_persona_of_a_shop_is_told_by_what_was_bought() -> None:
    lamp, pan = ItemCard("p1", "Norvik Lamp", None, ("Lighting",)), ItemCard("p2", "Velora Pan", None, ("Cookware",))
    likers = [Liker(UserCard(f"s{count}", "Shopper", count, count, ""), (lamp,) * count) for count in (1, 2, 3)]
    said = [one.words for one in personas(likers, (lamp, pan), E_COMMERCE.without_values())]
    assert said[0] == "2 of 2 bought products are Lighting" and said[-1] == "Only 1 product so far"


def test_an_unknown_thumb_is_told(tiny: service.Service) -> None:
    with pytest.raises(UnknownIdError):
        tiny.recommend(Asker("u0", likes=("no-such-film",)))
