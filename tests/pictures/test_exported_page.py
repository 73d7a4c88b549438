"""An explanation taken away: nothing of it is lost in JSON, and its page is one harmless file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

from kgrec_core.domain import Domain
from kgrec_core.pictures import exported_page
from kgrec_core.pictures.item_covers import Cover
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import (
    Attribution,
    Branch,
    Counterfactual,
    Edge,
    Explanation,
    Node,
    ScoredPath,
    Sentence,
)
from kgrec_core.schema.provenance import Provenance

EVIL = "<img src=x onerror=alert(1)>\"'</iframe><script>alert(2)</script>"
DOMAIN = Domain("video", "film", "films", "Viewer", "liked", "watched", 4.0, {})
HEAT, RAN, ALIEN = (ItemCard(name, name.title(), None, ()) for name in ("heat", "ran", "alien"))


def explanation(title: str = "Heat") -> Explanation:
    nodes = (
        Node("u", "You", "user"),
        Node("ran", title, "item"),
        Node("p", title, "person"),
        Node("heat", title, "item"),
    )
    edges = (Edge("u", "liked", "ran"), Edge("ran", "director", "p"), Edge("heat", "director", "p"))
    return Explanation(
        dataset=title,
        user="u",
        item=replace(HEAT, title=title),
        score=1.5,
        rank=2,
        ms=1.0,
        base=0.5,
        branches=(Branch(title, 0.3),),
        attributions=(Attribution("history:ran", "history", title, 1.0, 0.01),),
        paths=(ScoredPath(nodes, edges, 0.2, f"both directed by {title}"),),
        counterfactual=Counterfactual("found", ("ran", "alien"), 14, True, entering=(ALIEN,), tried=2, exhausted=1),
        text=(Sentence(f"Because of {title}.", ()),),
        faithfulness={"del@1": 0.5},
        faithfulness_random={"del@1": 0.1},
    )


def test_json_keeps_every_field() -> None:
    read = json.loads(exported_page.as_json(explanation()))
    assert set(read) == set(Explanation.__dataclass_fields__)
    assert read["attributions"][0]["value"] == 1.0


def test_the_page_tells_what_the_explanation_says() -> None:
    page = exported_page.as_page(explanation(), DOMAIN, {"ran": "Ran", "alien": "Alien"}, "Viewer 5")
    for words in (
        "Why Heat for Viewer 5?",
        "fall to place 14 without these 2 films: Ran and Alien",
        "both directed by Heat",
        "+1.000",
    ):
        assert words in page


def test_text_of_the_data_stays_text() -> None:
    page = exported_page.as_page(explanation(EVIL), DOMAIN, {"ran": EVIL}, EVIL)
    assert "<img" not in page and "<script" not in page and "<iframe" not in page


def test_the_page_runs_no_script_and_asks_no_host_for_anything() -> None:
    page = exported_page.as_page(explanation(), DOMAIN, {}, "Viewer 5")
    assert "default-src 'none'" in page and "script-src" not in page
    assert not re.search(r"<[^>]*(?:src|href)\s*=\s*[\"']?https?:", unescape(page))


def test_the_graph_is_part_of_the_page_for_a_desk_and_for_a_phone() -> None:
    page = exported_page.as_page(explanation(), DOMAIN, {}, "Viewer 5")
    wide, narrow = (float(width) for width in re.findall(r'<svg [^>]*width="(\d+)"', page))
    assert narrow <= 390 < wide <= 820


def test_covers_stand_beside_the_title_and_on_the_items_of_the_graph() -> None:
    covers = {name: Cover(f"data:image/webp;base64,{name}", f"Picture of {name}") for name in ("heat", "ran")}
    page = exported_page.as_page(explanation(), DOMAIN, {}, "Viewer 5", covers=covers)
    assert '<img src="data:image/webp;base64,heat" alt="Picture of heat">' in page
    drawn = re.findall(r'<image [^>]*href="data:image/webp;base64,(\w+)"', page)
    assert sorted(drawn) == ["heat", "heat", "ran", "ran"]  # in the graph for a desk and in the one for a phone


def test_the_page_names_data_set_version_and_day() -> None:
    made = Provenance("Films", "v301d9d1", date(2026, 11, 30))
    page = exported_page.as_page(explanation(), DOMAIN, {}, "Viewer 5", made)
    assert "Data set: Films. Model: version v301d9d1. Made with kgrec on 30 November 2026." in page


def test_a_found_change_names_what_goes_and_what_comes() -> None:
    (said,) = exported_page.changes_in_words(explanation(), DOMAIN, {"ran": "Ran", "alien": "Alien"})
    assert said == (
        "It would fall to place 14 without these 2 films: Ran and Alien. "
        "Alien would come into the list instead. No smaller change does this."
    )


def test_every_other_end_of_the_search_is_told() -> None:
    def told(status: str) -> str:
        return exported_page.changes_in_words(
            replace(explanation(), counterfactual=Counterfactual(status, (), None, None, tried=3)), DOMAIN, {}
        )[0]

    assert told("none") == "No set of up to 3 films was found without which it would leave the list."
    assert told("budget").endswith("ended before it had an answer.")
    assert "not in the list as it is" in told("outside")
