"""Screenshots of every screen, in both themes, on a desk and on a phone: `python -m benchmarks.shots [name ...]`.

They go to shots/, which git does not keep. Look at them after each change of a screen.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks import live

FOLDER = Path(__file__).parents[1] / "shots"
SCREENS = {
    "home": "/",
    "recommend": "/recommend",
    "recommend-mixed": "/recommend?up=296&down=318&diversity=60&fresh=1&tags=Comedy&depth=Analyst",
    "recommend-rows": "/recommend?rows=Because%20of",
    "compare": "/compare",
    "compare-models": "/compare?pair=models&model=ours-no-graph",
    "compare-item": "/compare?pair=item&depth=Analyst",
    "compare-items": "/compare?pair=items",
    "ask": "/ask?user=15",
    "new": "/recommend?who=new",
    "new-likes": "/recommend?who=new&likes=296,318",
    "new-nonsense": "/recommend?who=new&words=asdf%20qwer%20zxcv",
    "new-words": "/recommend?who=new&words=slow%20science%20fiction%20with%20a%20strong%20lead",
    "tour": "/explain?tour=2&tab=Attribution",
    "explain": "/explain",
    "explain-graph": "/explain?tab=Graph",
    "explain-attribution": "/explain?tab=Attribution&depth=Analyst",
    "explain-what-if": "/explain?tab=What%20if",
    "explain-rules": "/explain?tab=Rules",
    "explain-why-not": "/explain?tab=Why%20not",
    "explain-trust": "/explain?tab=Trust",
    "data": "/data",
    "data-analyst": "/data?depth=Analyst",
    "train": "/train",
    "train-analyst": "/train?depth=Analyst",
    "graph": "/graph",
    "graph-further": "/graph?further=1&depth=Analyst",
    "graph-lists": "/graph?view=Whose%20lists",
    "graph-numbers": "/graph?view=Numbers",
    "graph-quality": "/graph?view=Quality",
    "new-item": "/new_item",
    "evaluate": "/evaluate",
    "evaluate-next": "/evaluate?scheme=next&depth=Analyst",
    "what-drives-it": "/what_drives_it",
    "how-it-works": "/how_it_works",
    "how-it-works-graph": "/how_it_works?step=4&depth=Analyst",
}
WIDTHS = {"wide": (1280, 900), "phone": (390, 844)}
THEMES = ("light", "dark")


def main(wanted: list[str]) -> None:
    """All screens, or those whose name starts with one of `wanted`."""
    FOLDER.mkdir(exist_ok=True)
    with live.server({}) as address, live.chromium() as browser:
        for name, path in SCREENS.items():
            if wanted and not name.startswith(tuple(wanted)):
                continue
            for theme in THEMES:
                for width, (x, y) in WIDTHS.items():
                    page = browser.new_page(viewport={"width": x, "height": y}, color_scheme=theme)
                    start = time.perf_counter()
                    page.goto(address + path)
                    live.settled(page)
                    seconds = time.perf_counter() - start
                    _grow(page, x, y)
                    file = FOLDER / f"{name}-{width}-{theme}.png"
                    page.screenshot(path=file)
                    print(f"{file.name}  {seconds:.1f} s")
                    page.close()


def _grow(page: live.sync_api.Page, width: int, height: int) -> None:
    """A window as high as the page, which scrolls inside of it."""
    content = page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0")
    page.set_viewport_size({"width": width, "height": max(height, min(int(content), 4000))})
    page.wait_for_timeout(900)


if __name__ == "__main__":
    main(sys.argv[1:])
