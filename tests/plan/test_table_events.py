"""What the names of files say of rows that have no word for what happened."""

from __future__ import annotations

from kgrec_core.data.plan.reading_plan import ColumnMeaning, TablePlan
from kgrec_core.data.plan.table_events import weights_of, with_events_of_files


def table(file: str, **meanings: str) -> TablePlan:
    columns = {"user": "user_id", "item": "item_id", **meanings}
    return TablePlan(
        file, "interactions", "rows", tuple(ColumnMeaning(*each, True, "") for each in columns.items()), ""
    )


def test_files_of_one_kind_of_event_each_say_it_for_their_rows() -> None:
    plans = with_events_of_files([table("clicks.csv"), table("buys.csv")])
    assert [each.event for each in plans] == ["clicks", "buys"]
    assert weights_of(plans, {}) == {"clicks": 1.0, "buys": 5.0}


def test_files_alike_say_nothing() -> None:
    assert [each.event for each in with_events_of_files([table("train.csv"), table("test.csv")])] == ["", ""]


def test_order_lines_beside_a_log_of_events_are_orders_and_grades_stay_grades() -> None:
    log = table("log.csv", action="event")
    lines, stars = table("order_lines.csv", quantity="value"), table("ratings.csv", stars="value")
    assert [each.event for each in with_events_of_files([log, lines, stars])] == ["", "order", ""]


def test_a_file_whose_name_is_no_event_is_one_by_its_name_beside_a_log() -> None:
    log, other = table("log.csv", action="event"), table("shop/Part2.csv")
    assert [each.event for each in with_events_of_files([log, other])] == ["", "part2"]
