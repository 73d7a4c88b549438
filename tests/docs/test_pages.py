"""The pages hang together: links lead somewhere, a figure of the README is a measured one, the README is short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.documentation import PAGES, README, ROOT, headings, links, prose

MEASURED = ROOT / "docs" / "measured.md"
NO_FIGURES = {  # numbers of the README that nobody measured
    "3.11": "a version of Python",
    "3.12": "a version of Python",
    "3.13": "a version of Python",
    "2.0": "the licence, Apache-2.0",
    "10.1145": "a doi",
}
FIGURE = re.compile(r"(?<![\w.])(\d[\d,]*\.\d+|\d[\d,]*(?=\s?[%×]))(?!\w)")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in headings(target), link


def test_every_page_is_linked_from_the_readme() -> None:
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in links(README)}
    assert {page for page in PAGES if page != README} <= linked


def test_every_figure_of_the_readme_is_measured() -> None:
    measured = set(NUMBER.findall(prose(MEASURED)))
    told = {number for number in FIGURE.findall(prose(README)) if number not in NO_FIGURES}
    assert len(told) > 10
    assert sorted(told - measured) == []


def test_the_readme_can_be_read_in_a_few_minutes() -> None:
    assert len(README.read_text(encoding="utf-8")) <= 9_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_speaks_of_the_project_alone(page: Path) -> None:
    """No place of the machine on which it was written."""
    assert not re.search(r"(?<!\w)/(?:work|tmp|root|home)/", page.read_text(encoding="utf-8"))


def test_every_variable_that_is_read_is_told() -> None:
    deploy = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    files = (path.read_text(encoding="utf-8") for path in (ROOT / "kgrec_core").rglob("*.py"))
    read = {name for text in files for name in re.findall(r"KGREC_[A-Z_]+[A-Z]", text)}
    assert {f"`{name}`" for name in read} <= set(re.findall(r"`KGREC_[A-Z_]+`", deploy))
