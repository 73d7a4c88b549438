"""An explanation to take away: as JSON, and as one HTML page that needs nothing but a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.analyst_paragraph import about_paths, changes_in_words
from kgrec_core.explain.sentences.clauses import REQUEST
from kgrec_core.pictures.item_covers import Cover
from kgrec_core.pictures.paths_page import paths_as_svg
from kgrec_core.pictures.svg_picture import Captions
from kgrec_core.schema.explanation import Attribution, Explanation, ScoredPath
from kgrec_core.schema.provenance import Provenance

__all__ = ["about_paths", "as_json", "as_page", "changes_in_words"]

TOLD = "Graph from you, over what you liked and what it shares, to {item}. The same facts stand in the list below."
PAGE, PHONE = 820.0, 340.0  # pixels, room for a picture on a desk or on paper, and on a phone
STRONGEST = 20  # reasons drawn as bars
_MEANING = {"del": "lost without the strongest", "ins": "kept with only the strongest"}


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    value: float
    width: str  # per cent of the longest


def as_json(explanation: Explanation) -> str:
    """All of an explanation, indented, with the field names of `explanation.Explanation`."""
    return json.dumps(asdict(explanation), ensure_ascii=False, indent=2)


def as_page(
    explanation: Explanation,
    domain: Domain,
    titles: Mapping[str, str],
    person: str,
    provenance: Provenance | None = None,
    covers: Mapping[str, Cover] | None = None,
) -> str:
    """A page of about 30 kB, and its covers, that runs no script; text of the data is escaped.

    titles: of the items, by id · person: what the user is called · provenance: what it is made from, and when ·
    covers: of the item and of those that the graph shows, by id
    """
    return (
        templates()
        .get_template("explanation.html.jinja")
        .render(
            found=explanation,
            title=f"Why {explanation.item.title} for {person}?",
            changes=changes_in_words(explanation, domain, titles),
            made_from=(provenance or Provenance(explanation.dataset)).sentence,
            graphs=_graphs(explanation, domain, covers or {}),
            cover=(covers or {}).get(explanation.item.item_id),
            about_paths=about_paths(explanation) if explanation.paths else "",
            walks=[(_walk(path, domain), path.contribution) for path in explanation.paths],
            bars=_bars(explanation),
            tests=[
                (_test(name), value, explanation.faithfulness_random[name])
                for name, value in explanation.faithfulness.items()
            ],
        )
    )


def _graphs(explanation: Explanation, domain: Domain, covers: Mapping[str, Cover]) -> list[tuple[str, Markup]]:
    """The graph for wide pages and for narrow ones, each with the name of its class; nothing without a path."""
    if not explanation.paths:
        return []
    words = Captions(told=TOLD.format(item=explanation.item.title))
    drawn = {item: cover.address for item, cover in covers.items()}
    return [
        (name, Markup(paths_as_svg(explanation.paths, "light", domain, words, width, covers=drawn)))
        for name, width in (("wide", PAGE), ("narrow", PHONE))
    ]


@cache
def templates() -> Environment:
    """The pages of this package, which escape what is put into them."""
    made = Environment(
        loader=PackageLoader("kgrec_core"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "plain": "{:.3f}".format,
        "signed": "{:+z.3f}".format,
        "times": "{:.1f}".format,
        "whole": "{:,}".format,
        "percent": "{:.0%}".format,
    }
    return made


def _walk(path: ScoredPath, domain: Domain) -> str:
    names = [node.label for node in path.nodes]
    if path.clause:
        return f"You asked for {path.clause}" if path.nodes[1].type == REQUEST else f"{names[1]}: {path.clause}"
    steps = zip(path.edges[1:], names[2:], strict=False)
    return " ".join([names[1], *(f"— {domain.phrase(edge.relation).label} → {name}" for edge, name in steps)])


def _bars(explanation: Explanation) -> list[_Bar]:
    shown, rest = explanation.attributions[:STRONGEST], explanation.attributions[STRONGEST:]
    if rest:
        together = Attribution("rest", "rest", f"{len(rest)} smaller reasons together", sum(one.value for one in rest))
        shown = (*shown, together)
    longest = max((abs(one.value) for one in shown), default=0.0) or 1.0
    return [_Bar(one.label, one.value, f"{100 * abs(one.value) / longest:.1f}") for one in shown]


def _test(name: str) -> str:
    kind, _, size = name.partition("@")
    return f"{_MEANING.get(kind, kind)} {size}"
