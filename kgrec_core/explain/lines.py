"""One line for each item of a list: the cause that counts most, and what links a liked item to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kgrec_core.explain import words
from kgrec_core.explain.causes import Cause, Link, causes
from kgrec_core.explain.checker import HISTORY, LIKES, READ, Facts, problems
from kgrec_core.explain.context import UserContext
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
