"""Reasons in words: the line of each item of a list, and how an explanation opens; the cause that counts most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.explain import asked_for, words
from kgrec_core.explain.attribution import shares
from kgrec_core.explain.causes import Cause, Link, causes, facet_edge
from kgrec_core.explain.checker import HISTORY, LIKES, READ, Facts, problems
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game, Player
from kgrec_core.explain.games import MeasuredPath
from kgrec_core.explain.words import BRANCH_WORDS, Say
from kgrec_core.schema import Sentence

Clause = tuple[str, tuple[str, ...]]  # words, and the ids of what they say; the first id is that of the cause


def lines(user: UserContext, items: Sequence[int], say: Say) -> tuple[Sentence, ...]:
    """A reason for each of the items, none of which is in the history."""
    return tuple(line(user, item, cause, say) for item, cause in zip(items, causes(user, items, say), strict=True))


def line(user: UserContext, item: int, cause: Cause, say: Say) -> Sentence:
    """How many liked it, where nothing speaks for it."""
    if not cause.part:
        return Sentence(f"{_counted(item, say)} {say.domain.liked} it.", (f"{LIKES}{say.item_id(item)}",))
    said, ids = clause(user, item, cause, say)
    linked, more = link(item, cause, say) if cause.kind == "history" else ("", ())
    return Sentence(f"Because {said}{': ' * bool(linked)}{linked}.", tuple(dict.fromkeys((*ids, *more))))


def clause(user: UserContext, item: int, cause: Cause, say: Say) -> Clause:
    """What stands after "because", of a cause of any kind but words."""
    if cause.kind == "history":
        return words.liked([anchor(user, cause.anchor, say)], say.domain)
    if cause.kind == "facet":
        return _facet(user, item, cause, say)
    if cause.kind == "text":
        return text(user, item, say)
    if cause.kind == "popularity":
        return popularity(item, say)
    return "of your words", (words.WORDS,)


def anchor(user: UserContext, item: int, say: Say) -> words.Anchor:
    """A history item as sentences name it."""
    weight = float(user.weights[int(np.flatnonzero(user.items == item)[0])])
    return say.item_id(item), say.title(item), weight


def popularity(item: int, say: Say) -> Clause:
    many = "many others" if say.is_popular(item) else "others"
    return f"{many} {say.domain.liked} it: {_counted(item, say)}", (f"{LIKES}{say.item_id(item)}",)


def text(user: UserContext, item: int, say: Say) -> Clause:
    """That the item reads like the history, or like the words of who has none."""
    liked = f"those of {say.domain.items} you {say.domain.liked}"
    ids = (f"{READ}{say.item_id(item)}", *([] if len(user.items) else [words.WORDS]))
    read = say.text_of(item)
    return f"{read}{',' * (',' in read[-15:])} are like {liked if len(user.items) else 'your words'}", ids


def link(item: int, cause: Cause, say: Say) -> Clause:
    """What links an item and the anchor of its cause; no words where nothing is known."""
    if not cause.links:
        return "", ()
    first, *more = (_said(item, cause, each, say, second=number > 0) for number, each in enumerate(cause.links))
    ids = [*first[1], *(name for _, others in more for name in others)]
    return ", and ".join([first[0], *(said for said, _ in more)]), tuple(ids)


def edge_id(edge: int, say: Say) -> str:
    """An edge of the graph as the id of a fact: head|relation|tail."""
    graph = say.graph
    head, relation, tail = (int(part[edge]) for part in (graph.heads, graph.relations, graph.tails))
    return f"{say.item_id(head)}|{graph.relation_names[relation]}|{graph.entities.id(tail)}"


def _said(item: int, cause: Cause, link: Link, say: Say, second: bool) -> Clause:
    """second: after another link, in fewer words."""
    if link.path:
        return words.shared(link.path, say.graph, say.domain), words.evidence(link.path, say.graph, say.item_id)
    branch = BRANCH_WORDS[link.kind]
    ends = f"{say.item_id(cause.anchor)}|{say.item_id(item)}"
    said = branch.clause(say.domain, say.has_bursts, second)
    return said, (f"{HISTORY}{say.item_id(cause.anchor)}", f"{branch.link}{ends}")


def _facet(user: UserContext, item: int, cause: Cause, say: Say) -> Clause:
    """A fact of the item by those liked items that have it too; by its kind where none has."""
    graph, own = say.graph, edge_id(cause.edge, say)
    relation, tail = int(graph.relations[cause.edge]), int(graph.tails[cause.edge])
    if not cause.links or not cause.links[0].path:
        return f"of {say.domain.phrase(graph.relation_names[relation]).facet}", (own,)
    having = graph.edges_to(tail)[graph.relations[graph.edges_to(tail)] == relation]
    liked = np.isin(graph.heads[having], user.items[user.weights == 1])
    group = say.domain.group(graph.relation_names[relation], words.with_article(graph.labels[tail]))
    several = f"{group}, such as " if liked.sum() > 1 else f"one of the {group}: "
    said = f"you {say.domain.liked} {several}{say.title(cause.anchor)}"
    return said, (own, *words.evidence(cause.links[0].path, graph, say.item_id))


def _counted(item: int, say: Say) -> str:
    return f"{say.liked_by(item)} of {say.users} {say.domain.user.lower()}s"


def reasons(context: UserContext, items: Sequence[int], say: Say) -> tuple[str, ...]:
    """The reason of each item of a list, if all of it is stored; else nothing."""
    return tuple(checked(one, context, say) for one in lines(context, items, say))


def checked(said: Sentence, context: UserContext, say: Say) -> str:
    """A sentence if all of it is stored; else nothing."""
    return "" if problems(said, Facts(context, say).find, say.domain) else said.sentence


LEAST = 0.05  # share of all that speaks for the item, or of what the words add, that is worth a sentence


def is_alike(user: UserContext, candidate: int) -> bool:
    """Whether the words lose what they add when they are like no description."""
    if user.words is None:
        return False
    unlike = replace(user.words, similarity=torch.zeros_like(user.words.similarity))
    forms = (user, replace(user, words=unlike), replace(user, words=None))
    whole, mute, without = (_score(form, candidate) for form in forms)
    item = torch.tensor([candidate])
    without -= float((forms[-1].priors(item) - user.priors(item))[0])  # it comes when the words go
    return whole - mute > LEAST * (whole - without)


def _score(user: UserContext, item: int) -> float:
    game = Game(user, item)
    return float(game.scores(game.everything())[0])


BESIDE = 0.5  # share of what the first cause adds, from which a cause of another kind is told beside it
MOST = 2  # causes told beside the first one


class Headline:
    """values: SHAP values of the crew · granted: facts of the item that the words of a visitor name"""

    def __init__(
        self, game: Game, crew: Sequence[Player], values: npt.NDArray[np.float64], granted: Sequence[MeasuredPath]
    ) -> None:
        self.game, self.granted = game, granted
        self.ranked = sorted(zip(crew, values.tolist(), strict=True), key=lambda each: -each[1])
        self.all = sum(value for _, value in self.ranked if value > 0)  # that speaks for the item

    def sentences(self, cause: Cause, say: Say) -> list[Sentence]:
        """Why, the strongest cause first; nothing where nothing speaks for the item."""
        if not cause.part:
            return []
        told = {cause.kind}
        beside: list[Sentence] = []
        for player, value in self.ranked:
            if player.kind not in told and value > self._least(player.kind, cause.value) and len(beside) < MOST:
                told.add(player.kind)
                beside.append(self._beside(player, say))
        return [self._first(cause, say), *beside]

    def _first(self, cause: Cause, say: Say) -> Sentence:
        anchors = self._anchors(cause)
        value = sum(value for place, value in self._history if int(self.game.user.items[place]) in anchors)
        mostly = (value if anchors else cause.value) >= self.all / 2
        if cause.kind == "words":
            return words.because_of_words(mostly, is_alike(self.game.user, self.game.candidate), self._asked(say))
        said, ids = clause(self.game.user, self.game.candidate, cause, say)
        if anchors:
            said, ids = words.liked([anchor(self.game.user, item, say) for item in anchors], say.domain)
        return words.because(mostly, said, ids)

    def _anchors(self, cause: Cause) -> list[int]:
        """Of a cause in the history: the item to name, and the next one if no other kind of cause counts more."""
        if cause.kind != "history":
            return []
        others = max((value for player, value in self.ranked if player.kind != "history"), default=0.0)
        items = [int(self.game.user.items[place]) for place, value in self._history if value > max(others, 0)]
        return [cause.anchor, *[item for item in items if item != cause.anchor][:1]]

    def _beside(self, player: Player, say: Say) -> Sentence:
        user, item = self.game.user, self.game.candidate
        if player.kind == "history":
            places = [place for place, value in self._history if value > 0][:2]
            return words.besides([anchor(user, int(user.items[place]), say) for place in places], say.domain)
        if player.kind == "words":
            return words.your_words_too(self._asked(say))
        if player.kind == "popularity":
            said, ids = popularity(item, say)
            return Sentence(f"{said[0].upper()}{said[1:]}.".replace(" it: ", " it too: "), ids)
        if player.kind == "text":
            return Sentence(f"Counted too: {say.text_of(item)}.", (f"{READ}{say.item_id(item)}",))
        relation = say.graph.relation_names.index(player.relation)
        edge = facet_edge(shares(user, np.array([item])), 0, relation, say)
        return Sentence(f"Counted too: {say.domain.phrase(player.relation).facet}.", (edge_id(edge, say),))

    def _least(self, kind: str, first: float) -> float:
        """What a cause has to add to be told beside the first; what somebody typed or liked is told sooner."""
        return min(LEAST * self.all, BESIDE * first) if kind in ("words", "history") else BESIDE * first

    def _asked(self, say: Say) -> tuple[str, tuple[str, ...]]:
        said = sum(value for player, value in self.ranked if player.kind == "words")
        return asked_for.asked(asked_for.tellable(self.granted, said, say), say)

    @property
    def _history(self) -> list[tuple[int, float]]:
        """Places and values, strongest first."""
        return [(player.events[0], value) for player, value in self.ranked if player.kind == "history"]
