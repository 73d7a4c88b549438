"""The app as people meet it: a running server, and a Chromium that talks to nobody else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright import sync_api

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 180_000  # milliseconds; the first visit opens the data set and loads torch, on a busy machine too


@contextmanager
def server(environment: Mapping[str, str], *options: str) -> Iterator[str]:
    """The address of the app, started with these variables and options of Streamlit, and ended afterwards."""
    with process(environment, *options) as (address, _):
        yield address


@contextmanager
def process(environment: Mapping[str, str], *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """As `server`, with its process, for those who measure it."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.headless=true",
        f"--server.port={port}",
        *options,
    ]
    variables = os.environ | {"STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none"} | environment
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=quiet, stderr=quiet)
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", started)
        yield f"http://localhost:{port}", started
    finally:
        started.terminate()
        started.wait(timeout=20)


@contextmanager
def chromium() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def settled(page: sync_api.Page) -> None:
    """Waits until the page has run to its end and nothing on it is still being drawn."""
    page.locator("h1, h2").first.wait_for(timeout=PATIENCE)
    quiet = 0
    for _ in range(PATIENCE // 200):
        state = page.locator("[data-testid='stApp']").get_attribute("data-test-script-state")
        skeletons = page.locator("[data-testid='stSkeleton']").count()
        quiet = quiet + 1 if state == "notRunning" and not skeletons else 0
        if quiet >= 4:
            return
        page.wait_for_timeout(200)
    raise TimeoutError(f"{page.url} is still being drawn after a minute.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"streamlit ended with {process.returncode}; run `streamlit run app.py` to see why.")
        try:
            with urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    raise TimeoutError(f"streamlit did not answer at {url} within a minute.")
