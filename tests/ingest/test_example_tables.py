from __future__ import annotations

from pathlib import Path

from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.example_tables import TEMPLATES
from tests.readers import Read, accounted, facts


def test_the_examples_import_with_no_warning_but_that_they_are_few(read: Read, tmp_path: Path) -> None:
    for role, text in TEMPLATES.items():
        (tmp_path / f"{role}.csv").write_text(text)
    found = read(*(Given(tmp_path / f"{role}.csv", role) for role in TEMPLATES))
    assert found.report.ok
    (only,) = [each for each in found.report.findings if each.severity == "warning"]
    assert only.what.startswith("there are 3 items")
    assert {("tea", "country", "India"), ("salt", "brand", "Leaf")} <= facts(found)
    assert accounted(found)
    assert found.report.anonymity is not None
    assert found.report.anonymity.k == 2
