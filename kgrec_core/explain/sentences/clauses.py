"""Names for people, and clauses: what indices are called, and reasons in words, made only of facts that were found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.event_times import times_of
from kgrec_core.data.interactions import Interactions
from kgrec_core.domain import Domain
from kgrec_core.domain.standard_relations import standard_relation
from kgrec_core.domain.unnamed import is_code
from kgrec_core.explain.removal.removed_edges import MeasuredPath
from kgrec_core.explain.sentences.people_names import names_of_people
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.model.closed_form import COLLABORATIVE, SEQUENCE, TEXT_BRANCH
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.columns import DESCRIPTION, HEAD, ITEM, RELATION, SOURCE, TAIL, TEXT, TITLE
from kgrec_core.schema.explanation import Node, Sentence
from kgrec_core.text.documents import SEPARATOR, clean_text

TAGS = 3
POPULAR = 0.1  # share of the items that count as well known
_KINDS = (
    *("genre", "category", "tag", "interest", "listens_to", "subcategory", "topic", "subject", "cuisine", "style"),
    *("shelf", "keyword", "department", "type", "mechanic", "aisle"),
)
_MAKERS = ("artist", "author", "brand", "actor", "director", "publisher")  # looked at where nothing tells the kind
_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Soviet Union", "Czech Republic", "Bahamas")
Titles = Callable[[int], str]
Anchor = tuple[str, str, float]  # of a history item: id, title, weight: 1 liked, below 0 not wanted
PERSON = "person"  # type of an entity
REQUEST = "words"  # id of the fact that the person typed a request, and the type of its node
REQUEST_FACTS = "words:"  # id of the request where it has facts of its own, as an item has


@dataclass(frozen=True, eq=False)
class DisplayNames:
    catalog: Catalog
    graph: Graph
    interactions: Interactions

    @property
    def domain(self) -> Domain:
        return self.catalog.domain

    @property
    def users(self) -> int:
        return len(self.catalog.user_vocab)

    @cached_property
    def cards(self) -> tuple[ItemCard, ...]:
        """One card per item, in item_vocab order."""
        return tuple(_card(row) for row in self.catalog.item_rows())

    @cached_property
    def _likes(self) -> list[int]:
        liked = self.interactions.values >= self.domain.positive_value
        counts: list[int] = np.bincount(self.interactions.items[liked], minlength=self.graph.items).tolist()
        return counts

    @cached_property
    def people(self) -> Mapping[str, str]:
        """What each user is called, by id, in user_vocab order."""
        return names_of_people(self.catalog)

    def title(self, item: int) -> str:
        return self.cards[item].title

    def item_id(self, item: int) -> str:
        return self.cards[item].item_id

    def liked_by(self, item: int) -> int:
        """How many users liked an item."""
        return self._likes[item]

    def is_popular(self, item: int) -> bool:
        """Whether it is of the tenth of all items that most users liked."""
        return self.liked_by(item) > 0 and self.liked_by(item) >= self._many

    @cached_property
    def has_bursts(self) -> bool:
        """Whether times tell the order in which things were entered, and not when people met them."""
        times = times_of(self.interactions)
        return times is not None and times.come_in_bursts

    def text_of(self, item: int) -> str:
        """What the model reads of an item as text, in words."""
        return "its title, facts and description" if item in self._described else "its title and facts, read as text"

    @cached_property
    def _described(self) -> frozenset[int]:
        """Items that have a text of their own."""
        rows = enumerate(self.catalog.item_rows())
        return frozenset(place for place, row in rows if clean_text(row.get(TEXT)))

    @cached_property
    def from_descriptions(self) -> frozenset[str]:
        """Ids of the facts that were found in descriptions, as `evidence` has them."""
        triples = self.catalog.triples
        if SOURCE not in triples:
            return frozenset()
        return frozenset(
            "|".join(row) for row in triples[triples[SOURCE] == DESCRIPTION][[HEAD, RELATION, TAIL]].to_numpy()
        )

    @cached_property
    def _many(self) -> float:
        return float(np.quantile(self._likes, 1 - POPULAR))

    def item_node(self, item: int) -> Node:
        return Node(self.item_id(item), self.title(item), "item")

    def entity_node(self, entity: int) -> Node:
        return Node(self.graph.entities.id(entity), self.graph.labels[entity], self.graph.types[entity])


def _card(row: Mapping[str, object]) -> ItemCard:
    year = clean_text(row.get("year")).removesuffix(".0")
    columns, _ = tag_columns(tuple(row))
    tags = [tag for tag in next((str(row[name]).split(SEPARATOR) for name in columns if row.get(name)), []) if tag]
    title = clean_text(row[TITLE]) or str(row[ITEM])
    return ItemCard(
        str(row[ITEM]),
        title,
        int(year) if year.isdigit() else None,
        tuple(tag for tag in tags if not is_code(tag))[:TAGS],
    )


@lru_cache(maxsize=64)
def tag_columns(columns: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The columns that say what an item is, the best first, under any of their names; and whether they tell its kind,
    rather than who made it.
    """
    for usual in (_KINDS, _MAKERS):
        found = {name: name if name in usual else standard_relation(name) for name in columns}
        known = [name for name in columns if found[name] in usual]
        if known:
            return tuple(sorted(known, key=lambda name: usual.index(found[name]))), usual is _KINDS
    return (), True


def because(mostly: bool, clause: str, facts: tuple[str, ...]) -> Sentence:
    """The strongest cause. mostly: whether it makes up at least half of all that speaks for the item."""
    return Sentence(f"{_opening(mostly)} {clause}.", facts)


def liked(anchors: Sequence[Anchor], domain: Domain, called: str = "you") -> tuple[str, tuple[str, ...]]:
    """Such as "you liked Alien and Heat", with the ids of what it says; only those are named of whom the verb of the
    first is true. called: as in `UserContext`
    """
    verb = _verb(anchors[0], domain)
    named = [anchor for anchor in anchors if _verb(anchor, domain) == verb]
    titles = " and ".join(title for _, title, _ in named)
    return f"{called} {verb} {titles}", tuple(f"history:{item}" for item, _, _ in named)


def because_of_request(mostly: bool, alike: bool, asked: tuple[str, tuple[str, ...]]) -> Sentence:
    """A request, and how it counts. alike: by its likeness to the text · asked: by facts that it names,
    as a clause with the ids of what it says.
    """
    clause, ids = asked
    how = [*([clause] if clause else []), *(["its text is like them"] if alike else [])]
    return Sentence(f"{_opening(mostly)} of your words{': ' * bool(how)}{', and '.join(how)}.", ids or (REQUEST,))


def besides(anchors: Sequence[Anchor], domain: Domain, called: str = "you") -> Sentence:
    """The history items that counted, where something else counted more."""
    said, ids = liked(anchors, domain, called)
    return Sentence(f"That {said} speaks for it too.", ids)


def request_too(asked: tuple[str, tuple[str, ...]]) -> Sentence:
    """asked: as in `because_of_request`."""
    clause, ids = asked
    return Sentence(f"Your words speak for it too{': ' * bool(clause)}{clause}.", ids or (REQUEST,))


def _opening(mostly: bool) -> str:
    return "Mostly because" if mostly else "For many reasons, first of all because"


def _verb(anchor: Anchor, domain: Domain) -> str:
    weight = anchor[2]
    return domain.liked if weight == 1 else domain.consumed if weight > 0 else "wanted less like"


def linked(titles: tuple[str, str], clause: str, facts: tuple[str, ...]) -> Sentence:
    """What links an item and a history item; titles: theirs · facts: ids of what is said."""
    return Sentence(f"{titles[0]} and {titles[1]}: {clause}.", facts)


def fact(path: MeasuredPath, display: DisplayNames) -> Sentence:
    """What a path says: the history item, the candidate, and what they share."""
    first, last = path.path.items[0], path.path.items[-1]
    clause, facts = shared_fact(path, display)
    return linked((display.title(last), display.title(first)), clause, facts)


def shared_fact(path: MeasuredPath, display: DisplayNames) -> tuple[str, tuple[str, ...]]:
    """`shared`, with its source where that is a description, and the ids of what it says."""
    facts = evidence(path, display.graph, display.item_id)
    return with_source(shared(path, display.graph, display.domain), facts, display), facts


def with_source(clause: str, facts: tuple[str, ...], display: DisplayNames) -> str:
    """A clause, with the remark that a description says it where that is so of one of its facts."""
    return f"{clause} (from the description)" if display.from_descriptions.intersection(facts) else clause


def shared(path: MeasuredPath, graph: Graph, domain: Domain) -> str:
    """The clause of the last entity of a path: "both directed by X"; of a person in two roles, both roles."""
    first, last = path.path.edges[-2], path.path.edges[-1]
    tail = with_article(graph.labels[int(graph.tails[last])])
    names = [graph.relation_names[int(graph.relations[edge])] for edge in (first, last)]
    one, other = (domain.phrase(name).label for name in names)
    if one == other:  # also of two names for one relation, "cast" and "actor"
        return domain.both(names[1], tail)
    if is_code(tail):
        return f"the {one} of the one is the {other} of the other"
    return f"{tail} is {one} of the one and {other} of the other"


def evidence(path: MeasuredPath, graph: Graph, item_id: Titles) -> tuple[str, ...]:
    """Ids of the facts of a path: the user's own event, then each edge as head|relation|tail."""
    edges = (
        f"{item_id(int(graph.heads[edge]))}|{graph.relation_names[int(graph.relations[edge])]}|"
        f"{graph.entities.id(int(graph.tails[edge]))}"
        for edge in path.path.edges
    )
    return (f"history:{item_id(path.path.items[0])}", *edges)


def order_of_paths(path: ItemPath, graph: Graph, domain: Domain) -> tuple[bool, int, bool, int]:
    """Sorts direct paths: what says little (a decade, an extra of the cast) comes last, else the domain's order of
    relations decides (a director before a genre), then one role before two, well-known people first. A genre carries
    much of every score, and tells little of this one.
    """
    first, last = int(graph.relations[path.edges[0]]), int(graph.relations[path.edges[-1]])
    one, other = (domain.phrase(graph.relation_names[relation]) for relation in (first, last))
    tail, usual = int(graph.tails[path.edges[-1]]), graph.usual_fame
    person, fame = graph.types[tail] == PERSON, int(graph.fame[tail])
    says_little = one.dull or other.dull or (person and fame < max(usual[first], usual[last]))
    return (bool(says_little), max(one.priority, other.priority), first != last, -fame if person else 0)


def with_article(label: str) -> str:
    """A name as it stands in a sentence: "the United States"."""
    return f"the {label}" if label.startswith(_WITH_ARTICLE) else label


@dataclass(frozen=True)
class BranchWords:
    """adds: as a part of a score · link: how the id of a fact begins, that it links two items · clause: says so,
    its arguments: domain, whether times come in bursts (`DisplayNames.has_bursts`), whether after another link, then
    in fewer words
    """

    adds: str
    link: str
    clause: Callable[[Domain, bool, bool], str]


def together(domain: Domain, bursts: bool, second: bool) -> str:
    """That the interactions of others link two items."""
    if second:
        return f"often {domain.done} together" if domain.implicit else "people often like both"
    verb = domain.liked if domain.implicit else "like"
    return f"those who {verb} one often {verb} the other"


def near(domain: Domain, bursts: bool, second: bool) -> str:
    """That others met the two next to each other. bursts: as `DisplayNames.has_bursts`: only the order of entering
    is known.
    """
    if not bursts:
        return "often met around the same time" if second else "people often come to both around the same time"
    verb = domain.liked if domain.implicit else "rated"
    done = domain.done if domain.implicit else "rated"
    return f"often {done} next to each other" if second else f"people who {verb} one often {verb} the other next to it"


def alike(domain: Domain, bursts: bool, second: bool) -> str:
    """That their texts link two items."""
    return "alike as texts" if second else "read as text, the two are alike"


BRANCH_WORDS = {
    COLLABORATIVE: BranchWords("what others liked together", "together:", together),
    SEQUENCE: BranchWords("what others met next to each other", "near:", near),
    TEXT_BRANCH: BranchWords("text of the item", "alike:", alike),
}
