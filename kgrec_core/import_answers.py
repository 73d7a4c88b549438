"""The report of an import: as JSON, and as text for a terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kgrec_core.data.report import ImportReport


def report(found: ImportReport) -> dict[str, Any]:
    return {"ok": found.ok, **asdict(found)}


def report_json(found: ImportReport) -> str:
    """The same as `report`, to be kept as a file; cells of the files may hold what UTF-8 cannot, so it is ASCII."""
    return json.dumps(report(found), indent=1)


def report_text(found: ImportReport) -> str:
    """A report for a terminal: what there is, where each row went, what was found."""
    lines = [
        f"{found.format_title}: {found.users:,} users, {found.items:,} items, {found.interactions:,} interactions "
        f"({found.positives:,} liked), {found.triples:,} facts",
        "",
        f"{'file':<48} {'holds':>12} {'kept':>10} {'merged':>10} {'dropped':>10}",
    ]
    lines += [
        f"{each.file[-48:]:<48} {each.records:>12,} {each.kept:>10,} {each.merged:>10,} {each.dropped:>10,}"
        for each in found.accounts
    ]
    for each in found.findings:
        place = ", ".join(part for part in (each.file, f"line {each.row}" if each.row else "", each.column) if part)
        value = f": {each.value!r}" if each.value else ""
        count = f" ({each.rows:,} {each.fate})" if each.rows else ""
        lines.append(f"\n{each.severity}: {place}{value} {each.what}{count}.\n    {each.mend}")
    return "\n".join([*lines, "", *found.privacy])
