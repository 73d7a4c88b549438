"""Where boxes stand: next to each other without overlap, in forms for wide and for narrow frames."""

from __future__ import annotations

from itertools import combinations

import pytest

from kgrec_core.pictures.diagram import (
    READABLE,
    Box,
    Form,
    Label,
    Spacing,
    across,
    columns_of,
    down,
    text_width,
    wrapped,
)

SPACING = Spacing(letters=12, label=80, gap=20, apart=10, padding=5)
LABELS = {name: Label(f"{name} of some words", "a note") for name in "abcdefg"}


def overlap(one: Box, other: Box) -> bool:
    beside = abs(one.x - other.x) < (one.width + other.width) / 2
    return beside and abs(one.y - other.y) < (one.height + other.height) / 2


def inside(box: Box, form: Form) -> bool:
    return (
        0 <= box.x - box.width / 2
        and box.x + box.width / 2 <= form.width
        and 0 <= box.y - box.height / 2
        and box.y + box.height / 2 <= form.height
    )


FORMS = (
    across([["a"], ["b", "c", "d"], ["e"]], LABELS, SPACING),
    down([["a"], ["b", "c", "d", "e", "f"], ["g"]], LABELS, SPACING, most=2),
)


@pytest.mark.parametrize("form", FORMS)
def test_no_two_boxes_overlap_and_none_is_cut(form: Form) -> None:
    assert not any(overlap(one, other) for one, other in combinations(form.boxes, 2))
    assert all(inside(box, form) for box in form.boxes)


def test_columns_stand_from_left_to_right_and_rows_one_below_the_other() -> None:
    across_, down_ = ({box.key: box for box in form.boxes} for form in FORMS)
    assert across_["a"].x < across_["b"].x == across_["c"].x < across_["e"].x
    assert down_["a"].y < down_["b"].y == down_["c"].y < down_["d"].y < down_["f"].y < down_["g"].y


def test_no_more_boxes_than_asked_for_stand_side_by_side() -> None:
    rows = [box.y for box in FORMS[1].boxes]
    assert max(rows.count(row) for row in rows) == 2


def test_the_narrowest_frame_leaves_letters_readable() -> None:
    form = FORMS[0]
    assert form.letters * form.least / form.width == pytest.approx(READABLE)


def test_a_form_spreads_to_the_width_that_it_is_given_and_no_box_changes() -> None:
    form = FORMS[0]
    wide = form.spread(1.3 * form.width)
    assert wide.width == pytest.approx(1.3 * form.width)
    assert all(inside(box, wide) for box in wide.boxes)
    assert [(box.width, box.y) for box in wide.boxes] == [(box.width, box.y) for box in form.boxes]
    assert form.spread(10 * form.width).width == pytest.approx(1.6 * form.width)
    assert form.spread(0.5 * form.width) == form


def test_an_empty_picture_has_no_box() -> None:
    assert across([], {}, SPACING).boxes == down([], {}, SPACING, 3).boxes == ()


@pytest.mark.parametrize(
    "text", ["The Empire Strikes Back", "Donaudampfschifffahrtsgesellschaft", "東京物語と秋刀魚の味", ""]
)
def test_lines_are_no_wider_than_asked_and_lose_no_letter(text: str) -> None:
    lines = wrapped(text, 60, 12)
    assert all(text_width(line, 12) <= 60 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_keys_are_gathered_by_column_in_their_order() -> None:
    assert columns_of({"x": 1, "you": 0, "y": 1, "t": 3}) == [["you"], ["x", "y"], ["t"]]


def test_a_row_that_goes_on_below_stands_between_the_boxes_above_it() -> None:
    form = down([["a", "b", "c", "d"]], LABELS, SPACING, most=3)
    boxes = {box.key: box for box in form.boxes}
    assert boxes["b"].x + 0.25 * boxes["b"].width < boxes["d"].x < boxes["c"].x


def test_a_bend_has_no_size() -> None:
    (bend,) = across([["x"]], {"x": Label("")}, SPACING).boxes
    assert bend.width == bend.height == 0
