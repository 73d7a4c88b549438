"""Events with weights: what is liked, what takes away, what is copied, what was sent back."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.ingest.event_rows import with_events
from kgrec_core.data.ingest.repeats import one_a_pair, without_copies
from kgrec_core.data.ledger import Ledger, concat, with_provenance
from kgrec_core.domain import E_COMMERCE, event_level


def rows(text: str, *columns: str, file: str = "f.csv") -> pd.DataFrame:
    cells = [line.split() for line in text.split("|")]
    frame = pd.DataFrame(cells, columns=["user_id", "item_id", *columns])
    return with_provenance(frame, file, range(2, len(cells) + 2))


def ledger() -> Ledger:
    book = Ledger()
    for file in ("f.csv", "g.csv"):
        book.read(file, "interactions", 10)
    return book


def counted(text: str) -> dict[tuple[str, str], float]:
    found, rule = with_events(rows(text, "event"), {}, False, ledger())
    assert rule is not None
    return {(user, item): value for user, item, value in found[["user_id", "item_id", "value"]].itertuples(index=False)}


def test_a_view_is_no_like_and_purchases_are_counted() -> None:
    found = counted("a x view|a x purchase|a x purchase|a y view|b y cart")
    assert found == {("a", "x"): 2, ("a", "y"): 0, ("b", "y"): 1}


def test_a_refund_takes_away_one_purchase_and_leaves_no_pair_where_nothing_else_was() -> None:
    assert counted("a x purchase|a x refund|a y purchase|b y purchase|b y purchase|b y refund") == {
        ("a", "y"): 1,
        ("b", "y"): 1,
    }


def test_a_dislike_is_a_dislike_among_events_that_count() -> None:
    found = counted("a x purchase|a y dislike|b y purchase")
    assert found["a", "y"] == -1
    assert event_level(-1.0, E_COMMERCE.without_values()) == 0


def test_where_hardly_anybody_bought_a_view_is_a_like() -> None:
    found = counted("a x view|b x view|c x view|c y purchase")
    assert found == {("a", "x"): 1, ("b", "x"): 1, ("c", "x"): 1, ("c", "y"): 1}


def test_weights_of_a_plan_come_first_and_the_rule_says_them() -> None:
    frame = rows("a x foo|a y bar|b x foo", "event")
    _, rule = with_events(frame, {"foo": 5.0, "bar": 1.0}, False, ledger())
    assert rule is not None and rule.sentence().startswith("Liked is foo; the values count how often; bar is no like")


def test_a_cancelled_order_is_left_out_and_takes_nothing_else_away() -> None:
    found, rule = with_events(rows("a x paid|a x cancelled|b x paid", "event"), {}, False, ledger())
    assert rule is None and found["user_id"].tolist() == ["a", "b"]


def test_pieces_sent_back_take_away_and_a_pair_of_which_nothing_is_left_is_dropped() -> None:
    frame = rows("a x 2|a x -2|a y 3|a y -1", "value").astype({"value": float})
    found = one_a_pair(frame, True, ledger())
    assert found[["item_id", "value"]].values.tolist() == [["y", 3 - 1]]


def test_a_copy_of_a_file_counts_once_in_any_order() -> None:
    book = ledger()
    both = concat([rows("a x 2|b x 1", "value"), rows("b x 1|a x 2", "value", file="g.csv")])
    assert len(without_copies(both, book)) == 2
    assert "says the same as f.csv" in book.findings()[0].what
