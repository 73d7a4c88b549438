"""Reasons in words: that of each item of a list, and how an explanation opens; the cause that counts most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game, Player
from kgrec_core.explain.removal.removed_edges import MeasuredPath
from kgrec_core.explain.sentences import clauses, requested_facts
from kgrec_core.explain.sentences.checker import HISTORY, LIKES, READ, StoredFacts, problems
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, DisplayNames
from kgrec_core.explain.why.nameable_causes import Cause, HistoryLink, facet_edge
from kgrec_core.explain.why.shap_values import shares
from kgrec_core.explain.why.strongest_cause import causes
from kgrec_core.model.closed_form import TEXT_BRANCH
from kgrec_core.schema.explanation import Sentence

Clause = tuple[str, tuple[str, ...]]  # words, and the ids of what they say; the first id is that of the cause
LEAST = 0.05  # share of all that speaks for the item, or of what the words add, that is worth a sentence
BESIDE = 0.5  # share of what the first cause adds, from which a cause of another kind is told beside it
MOST = 2  # causes told beside the first one


def list_reasons(user: UserContext, items: Sequence[int], display: DisplayNames) -> tuple[Sentence, ...]:
    """A reason for each of the items, none of which is in the history."""
    return tuple(
        list_reason(user, item, cause, display) for item, cause in zip(items, causes(user, items, display), strict=True)
    )


def list_reason(user: UserContext, item: int, cause: Cause, display: DisplayNames) -> Sentence:
    """How many liked it, where nothing speaks for it."""
    if not cause.part:
        return Sentence(f"{_counted(item, display)} {display.domain.liked} it.", (f"{LIKES}{display.item_id(item)}",))
    said, ids = clause(user, item, cause, display)
    if cause.kind == "text" and len(user.items):
        fond = f"{display.domain.items} {user.called} {display.domain.liked}"
        such = f", such as {display.title(cause.anchor)}" if cause.anchor >= 0 else ""
        return Sentence(f"Because, read as text, it is like {fond}{such}.", ids)
    linked, more = link(item, cause, display) if cause.kind == "history" else ("", ())
    return Sentence(f"Because {said}{': ' * bool(linked)}{linked}.", tuple(dict.fromkeys((*ids, *more))))


def clause(user: UserContext, item: int, cause: Cause, display: DisplayNames) -> Clause:
    """What stands after "because", of a cause of any kind but words."""
    if cause.kind == "history":
        return clauses.liked([anchor(user, cause.anchor, display)], display.domain, user.called)
    if cause.kind == "facet":
        return _facet(user, item, cause, display)
    if cause.kind == "text":
        return text(user, item, display, cause.anchor)
    if cause.kind == "popularity":
        return popularity(item, display)
    return "of your words", (clauses.REQUEST,)


def anchor(user: UserContext, item: int, display: DisplayNames) -> clauses.Anchor:
    """A history item as sentences name it."""
    weight = float(user.weights[int(np.flatnonzero(user.items == item)[0])])
    return display.item_id(item), display.title(item), weight


def popularity(item: int, display: DisplayNames) -> Clause:
    many = "many others" if display.is_popular(item) else "others"
    return f"{many} {display.domain.liked} it: {_counted(item, display)}", (f"{LIKES}{display.item_id(item)}",)


def text(user: UserContext, item: int, display: DisplayNames, example: int = -1) -> Clause:
    """That the item reads like the history, or like the words of who has none. example: a liked item; -1 without one"""
    own, read = display.item_id(item), display.text_of(item)
    ids = (f"{READ}{own}", *([] if len(user.items) else [clauses.REQUEST]))
    said = f"{read}{',' * (',' in read[-15:])} are like"
    if not len(user.items):
        return f"{said} your words", ids
    liked = f"those of {display.domain.items} {user.called} {display.domain.liked}"
    if example < 0:
        return f"{said} {liked}", ids
    known = display.item_id(example)
    alike = f"{BRANCH_WORDS[TEXT_BRANCH].link}{known}|{own}"
    return f"{said} {liked}, such as {display.title(example)}", (*ids, f"{HISTORY}{known}", alike)


def link(item: int, cause: Cause, display: DisplayNames) -> Clause:
    """What links an item and the anchor of its cause; no words where nothing is known."""
    if not cause.links:
        return "", ()
    first, *more = (_said(item, cause, each, display, second=number > 0) for number, each in enumerate(cause.links))
    ids = [*first[1], *(name for _, others in more for name in others)]
    return ", and ".join([first[0], *(said for said, _ in more)]), tuple(ids)


def edge_id(edge: int, display: DisplayNames) -> str:
    """An edge of the graph as the id of a fact: head|relation|tail."""
    graph = display.graph
    head, relation, tail = (int(part[edge]) for part in (graph.heads, graph.relations, graph.tails))
    return f"{display.item_id(head)}|{graph.relation_names[relation]}|{graph.entities.id(tail)}"


def _said(item: int, cause: Cause, each: HistoryLink, display: DisplayNames, second: bool) -> Clause:
    """second: after another link, in fewer words."""
    if each.path:
        return clauses.shared_fact(each.path, display)
    branch = BRANCH_WORDS[each.kind]
    ends = f"{display.item_id(cause.anchor)}|{display.item_id(item)}"
    said = branch.clause(display.domain, display.has_bursts, second)
    return said, (f"{HISTORY}{display.item_id(cause.anchor)}", f"{branch.link}{ends}")


def _facet(user: UserContext, item: int, cause: Cause, display: DisplayNames) -> Clause:
    """A fact of the item by those liked items that have it too; by its kind where none has."""
    graph, own = display.graph, edge_id(cause.edge, display)
    relation, tail = int(graph.relations[cause.edge]), int(graph.tails[cause.edge])
    if not cause.links or not cause.links[0].path:
        return f"of {display.domain.phrase(graph.relation_names[relation]).facet}", (own,)
    having = graph.edges_to(tail)[graph.relations[graph.edges_to(tail)] == relation]
    liked = np.isin(graph.heads[having], user.items[user.weights == 1])
    group = display.domain.group(graph.relation_names[relation], clauses.with_article(graph.labels[tail]))
    several = f"{group}, such as " if liked.sum() > 1 else f"one of the {group}: "
    said = f"{user.called} {display.domain.liked} {several}{display.title(cause.anchor)}"
    ids = (own, *clauses.evidence(cause.links[0].path, graph, display.item_id))
    return clauses.with_source(said, ids, display), ids


def _counted(item: int, display: DisplayNames) -> str:
    return f"{display.liked_by(item)} of {display.users} {display.domain.user.lower()}s"


def checked_reasons(
    context: UserContext, items: Sequence[int], found: Sequence[Cause], display: DisplayNames
) -> tuple[str, ...]:
    """The reason of each item of a list, if all of it is stored; else nothing. found: the cause of each"""
    said = (list_reason(context, item, cause, display) for item, cause in zip(items, found, strict=True))
    return tuple(checked_reason(one, context, display) for one in said)


def checked_reason(sentence: Sentence, context: UserContext, display: DisplayNames) -> str:
    """A sentence if all of it is stored; else nothing."""
    return "" if problems(sentence, StoredFacts(context, display).find, display.domain) else sentence.sentence


class OpeningSentences:
    """values: SHAP values of the players · requested: facts of the item that the request names"""

    def __init__(
        self, game: Game, players: Sequence[Player], values: npt.NDArray[np.float64], requested: Sequence[MeasuredPath]
    ) -> None:
        self.game, self.requested = game, requested
        self.ranked = sorted(zip(players, values.tolist(), strict=True), key=lambda each: -each[1])
        self.all = sum(value for _, value in self.ranked if value > 0)  # that speaks for the item

    def sentences(self, cause: Cause, display: DisplayNames) -> list[Sentence]:
        """Why, the strongest cause first; nothing where nothing speaks for the item."""
        if not cause.part:
            return []
        named = {cause.kind}
        beside: list[Sentence] = []
        for player, value in self.ranked:
            if player.kind not in named and value > self._least(player.kind, cause.value) and len(beside) < MOST:
                named.add(player.kind)
                beside.append(self._beside(player, display))
        return [self._first(cause, display), *beside]

    def _first(self, cause: Cause, display: DisplayNames) -> Sentence:
        anchors = self._anchors(cause)
        value = sum(value for place, value in self._history if int(self.game.user.items[place]) in anchors)
        mostly = (value if anchors else cause.value) >= self.all / 2
        if cause.kind == "words":
            return clauses.because_of_request(
                mostly, is_like_request(self.game.user, self.game.candidate), self._asked(display)
            )
        said, ids = clause(self.game.user, self.game.candidate, cause, display)
        if anchors:
            named = [anchor(self.game.user, item, display) for item in anchors]
            said, ids = clauses.liked(named, display.domain, self.game.user.called)
        return clauses.because(mostly, said, ids)

    def _anchors(self, cause: Cause) -> list[int]:
        """Of a cause in the history: the item to name, and the next one if no other kind of cause counts more."""
        if cause.kind != "history":
            return []
        others = max((value for player, value in self.ranked if player.kind != "history"), default=0.0)
        items = [int(self.game.user.items[place]) for place, value in self._history if value > max(others, 0)]
        return [cause.anchor, *[item for item in items if item != cause.anchor][:1]]

    def _beside(self, player: Player, display: DisplayNames) -> Sentence:
        user, item = self.game.user, self.game.candidate
        if player.kind == "history":
            places = [place for place, value in self._history if value > 0][:2]
            named = [anchor(user, int(user.items[place]), display) for place in places]
            return clauses.besides(named, display.domain, user.called)
        if player.kind == "words":
            return clauses.request_too(self._asked(display))
        if player.kind == "popularity":
            said, ids = popularity(item, display)
            return Sentence(f"{said[0].upper()}{said[1:]}.".replace(" it: ", " it too: "), ids)
        if player.kind == "text":
            return Sentence(f"Counted too: {display.text_of(item)}.", (f"{READ}{display.item_id(item)}",))
        relation = display.graph.relation_names.index(player.relation)
        edge = facet_edge(shares(user, np.array([item])), 0, relation, display)
        return Sentence(f"Counted too: {display.domain.phrase(player.relation).facet}.", (edge_id(edge, display),))

    def _least(self, kind: str, first: float) -> float:
        """What a cause has to add to be told beside the first; what somebody typed or liked is told sooner."""
        return min(LEAST * self.all, BESIDE * first) if kind in ("words", "history") else BESIDE * first

    def _asked(self, display: DisplayNames) -> tuple[str, tuple[str, ...]]:
        said = sum(value for player, value in self.ranked if player.kind == "words")
        return requested_facts.requested_clause(requested_facts.facts_to_name(self.requested, said, display), display)

    @property
    def _history(self) -> list[tuple[int, float]]:
        """Places and values, strongest first."""
        return [(player.events[0], value) for player, value in self.ranked if player.kind == "history"]


def is_like_request(user: UserContext, candidate: int) -> bool:
    """Whether the words lose what they add when they are like no description."""
    if user.request is None:
        return False
    unlike = replace(user.request, similarity=torch.zeros_like(user.request.similarity))
    forms = (user, replace(user, request=unlike), replace(user, request=None))
    whole, mute, without = (_score(form, candidate) for form in forms)
    item = torch.tensor([candidate])
    without -= float((forms[-1].priors(item) - user.priors(item))[0])  # it comes when the words go
    return whole - mute > LEAST * (whole - without)


def _score(user: UserContext, item: int) -> float:
    game = Game(user, item)
    return float(game.scores(game.everything())[0])
