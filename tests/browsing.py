"""What browser tests look at: a page, with what it asked for and complained about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Visit:
    page: Any  # playwright.sync_api.Page, which need not be installed
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("response", lambda answer: self._missing(answer.url) if answer.status >= 400 else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _missing(self, url: str) -> None:
        """Streamlit looks for its root under the path of a link and gets 404 for that; anything else is a fault."""
        if not urlsplit(url).path.endswith(("/_stcore/health", "/_stcore/host-config")):
            self.complaints.append(f"missing: {url}")

    def errors(self) -> list[str]:
        """Complaints of the console, and what was asked for in vain."""
        return [said for said in self.complaints if "Failed to load resource" not in said]

    def outside(self) -> list[str]:
        local = ("localhost", "127.0.0.1", None, "")
        return [url for url in self.requests if urlsplit(url).hostname not in local]
