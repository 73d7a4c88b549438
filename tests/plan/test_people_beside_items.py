"""Tables beside the interactions: people are never read as facts of what they met."""

from __future__ import annotations

import json
from pathlib import Path

from tests.readers import facts, read_fixture


def test_people_and_items_that_have_a_number_in_common_are_not_joined(tmp_path: Path) -> None:
    reviews = [{"user_id": f"u{n % 9}", "business_id": f"b{n % 7}", "stars": 1 + n % 5} for n in range(63)]
    places = [
        {"business_id": f"b{n}", "name": f"Diner {n}", "review_count": 50 + n, "kind": "ab"[n % 2]} for n in range(7)
    ]
    people = [{"user_id": f"u{n}", "name": f"Person {n % 4}", "review_count": 50 + n} for n in range(7)]
    for name, rows in (("review", reviews), ("business", places), ("user", people)):
        (tmp_path / f"{name}.json").write_text("\n".join(map(json.dumps, rows)))
    found = read_fixture(*(tmp_path / f"{name}.json" for name in ("review", "business", "user")))
    assert not [tail for _, _, tail in facts(found) if tail.startswith("Person")]
    assert found.report.plan is not None
    assert {table.table.rsplit("/")[-1]: table.role for table in found.report.plan.tables}["user.json"] == "users"
