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
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def outside(self) -> list[str]:
        local = ("localhost", "127.0.0.1", None, "")
        return [url for url in self.requests if urlsplit(url).hostname not in local]
