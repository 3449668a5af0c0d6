"""Take the pictures of the desk: ``python docs/make_desk_screenshots.py``.

They show the ten articles about a dam at a desk that runs as anybody's does. Needs Chromium and the
extra ``dev``.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from make_screenshots import EXAMPLES, chromium, keep

PHONE = 390
SIZES = {1440: 900, PHONE: 844}
HEADLINE = "Safety board: crack found in Vessa dam"


def main() -> None:
    """Serve a store, bring articles to it, and take every picture."""
    folder = tempfile.TemporaryDirectory()
    with folder as name, desk(Path(name) / "dam") as address, chromium() as browser:
        tab = browser.new_page()
        tab.goto(address)
        tab.locator("#files").set_input_files(sorted((EXAMPLES / "dam").glob("*.txt")))
        tab.locator('.job[data-done="true"]').wait_for(timeout=600_000)
        for width, height in SIZES.items():
            take(browser, address, width, height)


def take(browser: Any, address: str, width: int, height: int) -> None:
    """Take the pictures of one width."""
    tab = browser.new_page(viewport={"width": width, "height": height})

    def shown(name: str, path: str = "") -> None:
        if path:
            tab.goto(f"{address}{path}")
        tab.wait_for_timeout(800)
        keep(tab.screenshot(), f"desk-{name}-{width}")

    shown("front", "/")
    listed = tab.request.get(f"{address}/list").json()
    pages = dict(zip((row[0] for row in listed["articles"]), listed["pages"], strict=True))
    shown("article", pages[HEADLINE])
    number, claim = max(listed["claims"], key=lambda row: len(row[1]))[7][0]
    digest = listed["pages"][number].rpartition("/")[2]
    shown("claim", f"/claims?article={digest}&claim={claim}")
    if width == PHONE:
        return
    shown("picture", "/picture")
    one, other = (page.rpartition("/")[2] for page in list(pages.values())[:2])
    tab.goto(f"{address}/compare?one={one}&other={other}")
    tab.locator(".shared").first.click()
    shown("compare")
    tab.goto(f"{address}/sparql")
    tab.locator("#known").select_option(label="unnamed-only")
    tab.locator("#run").click()
    shown("questions")


@contextmanager
def desk(store: Path) -> Iterator[str]:
    """Serve *store*, and stop when it is done with."""
    command = [sys.executable, "-m", "provenance", "serve", str(store), "--no-browser"]
    known = {**os.environ, "PROV_CURATOR": "Ada Quill"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=known) as served:
        assert served.stderr is not None
        found = re.search(r"http://\S+", served.stderr.readline())
        assert found is not None
        yield found[0].rstrip("/")
        served.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()
