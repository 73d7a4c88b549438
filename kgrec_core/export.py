"""An explanation to take away: as JSON, and as one HTML page that needs nothing but a browser."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from html import escape

from kgrec_core.domain import Domain
from kgrec_core.explain.render import render_paths
from kgrec_core.explain.text import about_paths, in_words
from kgrec_core.explain.words import WORDS
from kgrec_core.schema import Attribution, Explanation, Rule, ScoredPath

__all__ = ["about_paths", "as_json", "as_page", "in_words"]

STRONGEST = 20  # reasons drawn as bars
# Nothing may be fetched: a page that is opened offline, or years later, is the same page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 system-ui, sans-serif; color: #1F2430; background: #FBFAF8; margin: 0 auto;
  padding: 2rem 1.25rem 3rem; max-width: 56rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .4rem 0; } .quiet { color: #5F6472; font-size: .9rem; } li { margin: .3rem 0; }
iframe { width: 100%; height: 34rem; border: 1px solid #DEDBD3; border-radius: 10px; }
table { border-collapse: collapse; width: 100%; } td, th { padding: .25rem .5rem; text-align: left; font-weight: 400; }
thead th { color: #5F6472; font-size: .9rem; border-bottom: 1px solid #DEDBD3; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.bar { width: 45%; } .up, .down { height: 13px; border-radius: 3px; background: #4F46E5; }
.down { background: #D97706; }
"""


def as_json(found: Explanation) -> str:
    """All of an explanation, indented, with the field names of `schema.Explanation`."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def as_page(found: Explanation, domain: Domain, titles: Mapping[str, str], person: str) -> str:
    """A page of about 0.7 MB, most of it the script of the graph; text of the data is escaped.

    titles: of the items, by id · person: what the user is called
    """
    title = f"Why {found.item.title} for {person}?"
    parts = (
        f"<h1>{escape(title)}</h1>",
        f"<p class='quiet'>Place {found.rank:,}, score {found.score:.3f}. A score orders the list of one person; it "
        f"has no unit, and higher is better. Data: {escape(found.dataset)}.</p>",
        _said(found),
        _section("What would change it", _paragraphs(in_words(found, domain, titles))),
        _section("The facts that connect the two", _graph(found.paths, domain) + _paths(found, domain)),
        _section("How the score adds up", _bars(found)),
        _section("What each part of the model adds", _table([(one.name, one.value) for one in found.branches])),
        _section("Rules that hold for many and apply here", _rules(found.rules)),
        _section("For analysts", _paragraphs(each.sentence for each in found.analysis)),
        _section("Tested on the model", _tested(found)),
    )
    head = (
        f"<meta charset='utf-8'><meta http-equiv='Content-Security-Policy' content=\"{_POLICY}\">"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    )
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>"


def _section(title: str, body: str) -> str:
    return f"<h2>{escape(title)}</h2>{body}" if body else ""


def _paragraphs(sentences: Iterable[str]) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _said(found: Explanation) -> str:
    said = " ".join(one.sentence for one in found.text)
    return f"<p>{escape(said or 'No stored fact connects the two; what the score comes from stands below.')}</p>"


def _graph(paths: Sequence[ScoredPath], domain: Domain) -> str:
    """In a frame of its own, which may run its script but not touch this page."""
    if not paths:
        return ""
    page = escape(render_paths(paths, "light", domain), quote=True)
    return f'<iframe sandbox="allow-scripts" title="The facts as a graph" srcdoc="{page}"></iframe>'


def _paths(found: Explanation, domain: Domain) -> str:
    if not found.paths:
        return ""
    lines = (
        f"<li>{escape(_walk(path, domain))} <span class='quiet'>{path.contribution:+z.3f} on the score</span></li>"
        for path in found.paths
    )
    return f"<p class='quiet'>{escape(about_paths(found))}</p><ol>{''.join(lines)}</ol>"


def _walk(path: ScoredPath, domain: Domain) -> str:
    names = [node.label for node in path.nodes]
    if path.clause:
        return f"You asked for {path.clause}" if path.nodes[1].type == WORDS else f"{names[1]}: {path.clause}"
    steps = zip(path.edges[1:], names[2:], strict=False)
    return " ".join([names[1], *(f"— {domain.phrase(edge.relation).label} → {name}" for edge, name in steps)])


def _bars(found: Explanation) -> str:
    shown, rest = found.attributions[:STRONGEST], found.attributions[STRONGEST:]
    if rest:
        together = Attribution("rest", "rest", f"{len(rest)} smaller reasons together", sum(one.value for one in rest))
        shown = (*shown, together)
    longest = max((abs(one.value) for one in shown), default=0.0) or 1.0
    rows = "".join(
        f"<tr><th scope='row'>{escape(one.label)}</th><td class='bar'>"
        f"<div class='{'up' if one.value >= 0 else 'down'}' style='width:{100 * abs(one.value) / longest:.1f}%'></div>"
        f"</td><td class='number'>{one.value:+z.3f}</td></tr>"
        for one in shown
    )
    within = max(found.attribution_error, 0.001)
    error = f" Each value is known to within {within:.3f}." if found.attribution_error else ""
    note = f"Shares of the score (SHAP values): start {found.base:.3f}, all added, gives {found.score:.3f}.{error}"
    return f"<p class='quiet'>{note}</p><table>{rows}</table>"


def _table(rows: Sequence[tuple[str, float]]) -> str:
    cells = (
        f"<tr><th scope='row'>{escape(name)}</th><td class='number'>{value:+z.3f}</td></tr>" for name, value in rows
    )
    return (
        f"<p class='quiet'>How far the score falls without it alone.</p><table>{''.join(cells)}</table>" if rows else ""
    )


def _rules(rules: Sequence[Rule]) -> str:
    lines = (
        f"<li>If {escape(rule.condition)}, then {escape(rule.conclusion)}. <span class='quiet'>Held for {rule.held:,} "
        f"of {rule.met:,}; {rule.lift:.1f} times as often as usual; {rule.contribution:+z.3f} on the score.</span></li>"
        for rule in rules
    )
    return f"<ul>{''.join(lines)}</ul>" if rules else ""


def _tested(found: Explanation) -> str:
    rows = (_twin(name, value, found.faithfulness_random[name]) for name, value in found.faithfulness.items())
    share = "Share of what the history adds to the score, popularity apart"
    head = f"<thead><tr><th>{share}</th><th>here</th><th>at random</th></tr></thead>"
    return f"<table>{head}{''.join(rows)}</table>" if found.faithfulness else ""


def _twin(name: str, value: float, chance: float) -> str:
    kind, _, size = name.partition("@")
    words = escape(f"{_MEANING.get(kind, kind)} {size}")
    numbers = "".join(f"<td class='number'>{each:.0%}</td>" for each in (value, chance))
    return f"<tr><th scope='row'>{words}</th>{numbers}</tr>"


_MEANING = {"del": "lost without the strongest", "ins": "kept with only the strongest"}
