"""The report of an import: as JSON, and as text for a terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kgrec_core.data.import_report import AddedRows, FileColumns, ImportReport, ProfileColumn
from kgrec_core.data.ingest.hidden_people import KEEP_COLUMN
from kgrec_core.data.ingest.liking_rule import ANOTHER_LIMIT, MORE_ITEMS
from kgrec_core.data.ingest.rare_items import KEEP_ALL
from kgrec_core.data.plan.reading_plan import ReadingPlan

_OPTIONS = {
    ANOTHER_LIMIT: "--positive V",
    MORE_ITEMS: "KGREC_XLNET names a model that is trained already",
    KEEP_COLUMN: "--keep-column NAME",
    KEEP_ALL: "--min-users 0",
}
"""What a finding advises in words of the screen, and how it is said at a terminal."""


def report_dict(report: ImportReport) -> dict[str, Any]:
    return {"ok": report.ok, **asdict(report)}


def report_json(report: ImportReport) -> str:
    """The same as `report_dict`, to be kept as a file: ASCII, for cells of the files may hold what UTF-8 cannot."""
    return json.dumps(report_dict(report), indent=1)


def report_text(report: ImportReport) -> str:
    """A report for a terminal: what there is, where each row went, what was found."""
    lines = [
        f"{report.format_title}: {_many(report.users, 'user')}, {_many(report.items, 'item')}, "
        f"{_many(report.interactions, 'interaction')} ({report.positives:,} liked), {_many(report.triples, 'fact')}",
        "",
        f"{'file':<48} {'holds':>12} {'kept':>10} {'merged':>10} {'dropped':>10}",
    ]
    lines += [
        f"{each.file[-48:]:<48} {each.records:>12,} {each.kept:>10,} {each.merged:>10,} {each.dropped:>10,}"
        for each in report.accounts
    ]
    lines += ["", added_text(report.added)] if report.added else []
    lines += ["", *map(_columns, report.columns)] if report.columns else []
    lines += _plan(report.plan) if report.plan else []
    lines += ["", _rule(report)] if report.rule else []
    lines += [counts_text(report)] if counts_text(report) else []
    for each in report.findings:
        place = ", ".join(part for part in (each.file, f"line {each.row}" if each.row else "", each.column) if part)
        value = f": {each.value!r}" if each.value else ":"
        count = f" ({each.rows:,} {each.fate})" if each.rows else ""
        lines.append(f"\n{each.severity}: {place}{value} {each.what}{count}.\n    {_at_terminal(each.mend)}")
    return "\n".join([*lines, "", *report.privacy, *_anonymity(report.anonymity)])


def _plan(plan: ReadingPlan) -> list[str]:
    """How tables were joined, what events weigh, and what was guessed."""
    joins = [
        f"rows of {each.left} got the columns of {each.right} by {each.left_column} ({each.found:.0%} found)"
        for each in plan.joins
    ]
    events = ", ".join(f"{word} {weight:g}" for word, weight in plan.events.items())
    guessed = [
        f"guessed: {one.column} of {each.table} is {one.meaning} ({one.why})"
        for each in plan.tables
        for one in each.columns
        if one.meaning and not one.sure and each.role == "interactions"
    ]
    return ["", *joins, *([f"events: {events}"] if events else []), *guessed] if joins or events or guessed else []


def added_text(added: AddedRows) -> str:
    """What newer rows brought, in a sentence."""
    later = added.rows - added.interactions
    also = f"; of {_many(later, 'pair')} that {'was' if later == 1 else 'were'} there more is known" if later else ""
    return (
        f"Added: {_many(added.interactions, 'interaction')}, {_many(added.users, 'user')}, "
        f"{_many(added.items, 'item')}, {_many(added.facts, 'fact')}{also}. The counts above are of all together."
    )


def counts_text(report: ImportReport) -> str:
    """How many records of who met what there were, and how many count as liked, in a sentence; "" where all do."""
    met = [each for each in report.accounts if each.table == "interactions"]
    records, pairs, liked = sum(each.records for each in met), report.interactions, report.positives
    if report.added or records == pairs == liked:
        return ""
    units = {each.unit for each in met}
    what = units.pop() if len(units) == 1 else "records"
    made = (
        f"{records:,} {what}"
        if records == pairs
        else f"{records:,} {what} make {_many(pairs, 'pair')} of user and item"
    )
    return f"{made}, of which {liked:,} {'counts' if liked == 1 else 'count'} as liked."


def _rule(report: ImportReport) -> str:
    """What counts as liked, and how to choose otherwise where there are values."""
    valued = report.rule.startswith("The values")
    return f"{report.rule} {_OPTIONS[ANOTHER_LIMIT]} sets another limit." if valued else report.rule


def _at_terminal(mend: str) -> str:
    said = [f" At a terminal: {option}." for words, option in _OPTIONS.items() if words in mend]
    return "".join([mend, *said])


def _anonymity(profiles: ProfileColumn | None) -> list[str]:
    """How far people hide in a crowd, where there are profiles."""
    if profiles is None:
        return []
    columns, alone = ", ".join(profiles.columns), _many(profiles.alone, "user")
    return [
        f"Profiles ({columns}): the rarest is shared by {_many(profiles.k, 'user')} (k-anonymity, k = {profiles.k:,}); "
        f"{alone} {'is' if profiles.alone == 1 else 'are'} alone with theirs."
    ]


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _columns(each: FileColumns) -> str:
    used = [f"{name} -> {meant}" if name != meant else name for name, meant in each.used.items()]
    unused = f"; not used: {', '.join(each.unused)}" if each.unused else ""
    return f"columns of {each.file} ({each.table}): {', '.join(used)}{unused}"
