from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from base64 import b64decode

import pytest

from kgrec_core import service
from kgrec_core.pictures import cover_shapes
from kgrec_core.pictures.drawn_covers import CoverFacts, described, drawn_cover, initials
from kgrec_core.pictures.node_covers import with_covers
from kgrec_core.schema.cards import ItemCard

HOSTILE = '<script>alert("&1")</script> "><img src=x onerror=y>'


def poster(title: str, *tags: str) -> CoverFacts:
    return CoverFacts(ItemCard("1", title, None, tags))


def goods(title: str, *, colours: tuple[str, ...] = (), materials: tuple[str, ...] = ()) -> CoverFacts:
    return CoverFacts(ItemCard("1", title, None, ("Kitchen",)), True, colours, materials)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_cover_is_the_same_each_time() -> None:
    assert drawn_cover(poster("Alien", "Horror")) == drawn_cover(poster("Alien", "Horror"))


def test_kinds_are_told_apart_by_shape_without_colours() -> None:
    kinds = (
        "Drama",
        "Comedy",
        "Action",
        "Adventure",
        "Crime",
        "Horror",
        "Romance",
        "Sci-Fi",
        "Thriller",
        "War",
        "Western",
    )
    assert len({cover_shapes.kind_of((kind,), "A") for kind in kinds}) == len(kinds)


def test_a_kind_that_no_word_is_known_of_has_one_of_the_plain_shapes() -> None:
    assert cover_shapes.kind_of(("Zzyzx",), "A") in cover_shapes.PLAIN


def test_goods_are_drawn_as_what_their_title_calls_them_in_their_colour_and_material() -> None:
    assert cover_shapes.shape_of(("Kitchen",), "Norvik Frying Pan 123") == "pan"
    plain, red = drawn_cover(goods("Pan")), drawn_cover(goods("Pan", colours=("red",)))
    wooden = drawn_cover(goods("Pan", colours=("red",), materials=("oak wood",)))
    assert len({plain, red, wooden}) == 3 and "#D7263D" in red


@pytest.mark.parametrize("facts", [poster(HOSTILE, HOSTILE), goods(HOSTILE, colours=(HOSTILE,), materials=(HOSTILE,))])
def test_hostile_text_is_no_more_than_two_letters(facts: CoverFacts) -> None:
    root = ElementTree.fromstring(drawn_cover(facts))
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "image", "img", "foreignObject", "use", "a", "style"}
    assert all(len(element.text or "") <= 2 for element in root.iter())


@pytest.mark.parametrize("title", ["", " ", "…", "\u202e\u0000", "ß", "日本", "🎬 film"])
def test_any_title_gives_a_picture(title: str) -> None:
    assert ElementTree.fromstring(drawn_cover(poster(title))).tag.endswith("svg")


def test_initials_leave_small_words_out() -> None:
    assert [initials(title) for title in ("The Lord of the Rings", "Of the", "M")] == ["LR", "OT", "M"]


def test_white_letters_can_be_read_on_every_ground() -> None:
    for ground in cover_shapes.GROUNDS:
        for colour in ground:
            assert (1.05) / (luminance(colour) + 0.05) >= 4.5, colour


def test_every_word_and_pattern_leads_to_a_drawing() -> None:
    words = ("drama", "pan", "headphones", "soup", "garden", "gift", "watch")
    assert all(cover_shapes.outline(cover_shapes.kind_of((word,), "A")) for word in words)
    assert all(cover_shapes.outline(shape) for shape in cover_shapes.PLAIN)


def test_what_a_cover_shows_is_told_in_words() -> None:
    assert described(poster("Alien", "Horror", "Sci-Fi")) == "Drawn cover of Alien: Horror"
    assert described(goods("Pan", colours=("red",))) == "Drawn cover of Pan: red, Kitchen"


def test_each_item_of_a_data_set_has_a_cover_that_loads_nothing(tiny: service.Service) -> None:
    covers = [tiny.covers.of(card.item_id) for card in tiny.items()]
    for cover in covers:
        head, _, letters = cover.address.partition(",")
        assert head == "data:image/svg+xml;base64"
        drawn = b64decode(letters).decode()
        assert "href" not in drawn and drawn.count("http") == 1  # of the name space
    assert len({cover.address for cover in covers}) > 1


def test_covers_of_items_that_are_not_known_are_left_out(tiny: service.Service) -> None:
    assert list(tiny.covers.addresses(["f0", "no-such", "f0"])) == ["f0"]


def test_a_cover_that_was_asked_for_is_not_drawn_again(tiny: service.Service) -> None:
    assert tiny.covers.of("f0") is tiny.covers.of("f0")


def test_a_page_of_a_graph_draws_covers_on_the_nodes_that_have_one() -> None:
    page = with_covers("<html><body>a</body></html>", {"3": "data:image/svg+xml;base64,AAAA"})
    assert page.startswith("<html><body>a<script>") and '{"3": "data:image/svg+xml;base64,AAAA"}' in page
    assert with_covers("<body></body>", {}) == "<body></body>"
