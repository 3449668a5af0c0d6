"""Time the page in Chromium: how soon it is seen, and how soon it answers a click or a key.

    python benchmarks/page.py            # prints, and writes benchmarks/results/page.md

Graphs are synthetic: as many sources and hops as asked for, a tenth of the sources straight to the
article, the rest to one that came before them, the earlier the likelier, so that they hang together
in long chains. Each has its sentence. Paint is what the browser itself measures ("Paint Timing"),
latency is from a real click or key to the next frame ("Event Timing").
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from provenance.analysis import Brief, link, standings
from provenance.analysis.briefs import Hop, Known, Told
from provenance.analysis.catalogue import catalogue
from provenance.articles import read_article
from provenance.common.stemming import stems
from provenance.model import ARTICLE, SourceType, Span
from provenance.pipeline import build_record, render_page
from provenance.view import render_index

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.helpers.large_graphs import synthetic  # noqa: E402

RESULT = ROOT / "benchmarks" / "results" / "page.md"
ARTICLE_FILE = ROOT / "examples" / "pentagon-leak.txt"
SIZES = ((30, 45), (300, 600), (3_000, 6_000))
ARTICLES = (1_000, 20_000)
RUNS = 5
WATCH = """
  window.__events = [];
  new PerformanceObserver((list) => window.__events.push(...list.getEntries()
    .filter((one) => /^(pointer|mouse|key|click)/.test(one.name) && one.interactionId)
    .map((one) => [one.name, one.duration])))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
  const look = () => {
    const drawn = document.querySelector("#graph canvas, #list tr");
    if (drawn && window.provenance) window.__ready = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """What one opening of a page took.

    Attributes:
        paint: Seconds until something is seen.
        drawn: Seconds until the graph or list is drawn.
        work: Seconds of work of the browser's main thread until then.
        inputs: Seconds from each click or key to the next frame.
        moved: Seconds of work of the main thread for each of them.
    """

    paint: float
    drawn: float
    work: float
    inputs: tuple[float, ...]
    moved: float


def opened(browser: Any, page: Path, moves: Sequence[str]) -> Timing:
    """Return how long *page* takes to open, and to answer *moves*."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    context.add_init_script(WATCH)
    tab = context.new_page()
    devtools = context.new_cdp_session(tab)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.goto(page.as_uri())
    tab.wait_for_function("window.__ready")
    work = worked(devtools)
    paint = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
    drawn = tab.evaluate("window.__ready")
    began = worked(devtools)
    for move in moves:
        act(tab, move)
        tab.wait_for_timeout(250)
    moved = (worked(devtools) - began) / max(1, len(moves))
    inputs = tab.evaluate("window.__events.map((one) => one[1])")
    context.close()
    seconds = tuple(one / 1000 for one in inputs)
    return Timing((paint or drawn) / 1000, drawn / 1000, work, seconds, moved)


def worked(devtools: Any) -> float:
    """Return the seconds that the main thread of the page has worked."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def act(tab: Any, move: str) -> None:
    """Do what a reader does: click where *move* is a selector, else press it as a key."""
    if move.startswith("#"):
        tab.locator(move).first.click()
    elif move.startswith("type "):
        tab.keyboard.type(move.removeprefix("type "), delay=60)
    else:
        tab.keyboard.press(move)


PAGE_MOVES = (
    "#graph", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "Escape",
    "#text .passage", "/", "type speaker 00", "Enter", "f", "Escape", "Escape", "t", "c",
)  # fmt: skip
INDEX_MOVES = (
    "#tabs button:nth-child(2)", "/", "type go", "ArrowDown", "Enter",
    "#tabs button:nth-child(3)", "#list thead button", "#list tbody a", "#tabs button:nth-child(1)",
)  # fmt: skip


def row(name: str, size: int, making: float, runs: Sequence[Timing]) -> str:
    """Return a row of the table: medians of all runs."""
    inputs = [1000 * one for run in runs for one in run.inputs] or [0.0]
    work = 1000 * statistics.median(run.moved for run in runs)

    def median(of: Any) -> float:
        return float(statistics.median(map(of, runs)))

    cells = [
        name,
        f"{size / 1e6:.2f} MB",
        f"{making:.2f} s",
        f"{median(lambda run: run.paint):.2f} s",
        f"{median(lambda run: run.drawn):.2f} s ({median(lambda run: run.work):.2f} s)",
        f"{statistics.median(inputs):.0f} ms ({work:.0f} ms)",
        f"{statistics.quantiles([*inputs, *inputs], n=20)[-1]:.0f} ms",
    ]
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Run, print and write."""
    from playwright.sync_api import sync_playwright

    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--chromium", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    options.add_argument("--runs", type=int, default=RUNS)
    given = options.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=given.chromium, args=arguments)
        for name, data, making, moves in pages():
            file = Path(folder) / "page.html"
            file.write_bytes(data)
            opened(browser, file, ())  # fills the caches
            runs = [opened(browser, file, moves) for _ in range(given.runs)]
            rows.append(row(name, len(data), making, runs))
            sys.stdout.write(rows[-1])
        browser.close()
    RESULT.write_text(report(rows, given.runs), encoding="utf-8")


def pages() -> Iterator[tuple[str, bytes, float, Sequence[str]]]:
    """Yield what is timed: its name, its bytes, CPU seconds to make it, and what is done to it."""
    text = ARTICLE_FILE.read_text("utf-8")
    record = build_record(read_article(ARTICLE_FILE))
    words = f"an article of {len(text.split()):,} words, {len(record.sources)} sources"
    yield (words, *made(lambda: render_page([record])), PAGE_MOVES)
    for sources, flows in SIZES:
        graph = synthetic(sources, flows)
        page = made(lambda: render_page([graph]))  # noqa: B023
        yield (f"{sources:,} sources, {flows:,} hops", *page, PAGE_MOVES)
    for articles in ARTICLES:
        links = link({one.digest: one for one in briefs(articles)}, lambda _: "")
        found = standings(links)
        names = [f"articles/{n:05}.html" for n in range(articles)]
        page = made(lambda: render_index(catalogue(links, found), "index", names))  # noqa: B023
        yield (f"index of {articles:,} articles, {len(found):,} claims", *page, INDEX_MOVES)


def briefs(articles: int) -> Iterator[Brief]:
    """Yield articles of five claims each, every tenth of them what another article says too.

    Each has a named source of its own, every fifth is also quoted in nine articles more.
    """
    draw = random.Random(1)
    language = [f"{a}{b}{c}o" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdgklmnrst"]
    told: list[str] = []
    for number in range(articles):
        texts = []
        for _ in range(5):
            again = told and draw.random() < 0.1
            texts.append(
                draw.choice(told[-500:]) if again else " ".join(draw.choices(language, k=10))
            )
            told.append(texts[-1])
        name = f"{draw.choice(language)} {draw.choice(language)}".title()
        source = Known("s", name, SourceType.PERSON, ("person", name.casefold()), frozenset())
        claims = tuple(
            Told(f"c{n}", n, text, (Span(0, 9),), ("s",), (), stems(text), frozenset(stems(text)))
            for n, text in enumerate(texts)
        )
        outlet, day = f"Outlet {number % 97}", f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield Brief(
            f"{number:064x}", f"{number}.txt", texts[0].capitalize(), outlet, day, "",
            ("news_outlet", outlet.casefold()), None, (source,), (Hop("s", ARTICLE),), claims,
            np.zeros(0, np.uint64),
        )  # fmt: skip


def made(make: Callable[[], str]) -> tuple[bytes, float]:
    """Return what *make* returns, and the seconds of CPU that it took."""
    began = time.process_time()
    data = make().encode()
    return data, time.process_time() - began


def report(rows: Sequence[str], runs: int) -> str:
    """Return the page of the results."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        "# The page in Chromium\n\n"
        f"Made by `python benchmarks/{Path(__file__).name}`: medians of {runs} runs, each in a new "
        "context without a network, 1440 by 900, no graphics card. In brackets the time that the "
        "browser's main thread had a core, which tells more where others use the machine: load "
        "averages "
        f"{load} on {os.cpu_count()} cores. Inputs are clicks and keys of a reader (selecting, "
        "finding, a part, the table, and back), from the event to the next frame.\n\n"
        "The bounds: first paint under 1 s and inputs under 100 ms at 300 sources, drawn under 2 s "
        "at 3,000 sources and 6,000 hops, 1.5 MB for an article of 1,000 words.\n\n"
        "| page | size | made in (CPU) | first paint | drawn (work) | input (work) | 95 % of them |"
        "\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n" + "".join(rows)
    )


if __name__ == "__main__":
    main()
