"""The page in a browser that is cut off from any network: what tests see of it, and do to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provenance.model import SourceGraph
from provenance.pipeline import render_page


@dataclass
class Opened:
    """A page in the browser, with all that it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def selected(self) -> str:
        return str(self.page.evaluate("provenance.selected()"))

    def state(self) -> dict[str, Any]:
        """Return all that the address keeps."""
        return dict(self.page.evaluate("provenance.shown()"))

    def marked(self, role: str) -> list[str]:
        """Return the words in the text that are marked as *role*."""
        return list(self.page.locator(f"#text mark.{role}").all_text_contents())

    def shows_evidence(self) -> bool:
        """Whether the first marked evidence can be seen without scrolling."""
        return bool(
            self.page.evaluate(
                """() => {
                  const box = document.querySelector("#text mark.evidence").getBoundingClientRect();
                  const pane = document.querySelector("#text").getBoundingClientRect();
                  return box.top >= Math.max(pane.top, 0) - 1
                      && box.bottom <= Math.min(pane.bottom, innerHeight) + 1;
                }"""
            )
        )

    def place_of(self, key: str) -> tuple[float, float]:
        """Return where on the screen the box *key*, or the middle of the line *key*, is drawn."""
        x, y = self.page.evaluate(
            """(key) => {
              const network = provenance.network();
              const frame = document.querySelector("#graph canvas").getBoundingClientRect();
              const edge = Object.values(network.body.edges).find((one) => one.options.item === key
                  || one.id === `${key}/0`);
              const [left, right, top, bottom] = provenance.places()[key] || [];
              const point = key === "s:article" && left !== undefined
                ? { x: (left + right) / 2, y: (top + bottom) / 2 } // what of it is on the screen
                : key.startsWith("s:")
                ? network.getPosition(key)
                : edge.edgeType.getPoint(0.5, edge.edgeType.getViaNode());
              const at = network.canvasToDOM(point);
              return [frame.left + at.x, frame.top + at.y];
            }""",
            key,
        )
        return x, y

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, and wait until the page has seen that."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def labels(self) -> dict[str, list[float]]:
        """Return the left, right, top and bottom of each box, mark, heading and line's label."""
        return dict(self.page.evaluate("provenance.places()"))

    def covered(self) -> list[tuple[str, str]]:
        """Return the pairs of boxes and labels that cover each other."""
        rows = list(self.labels().items())
        return [
            (one, other)
            for n, (one, a) in enumerate(rows)
            for other, b in rows[n + 1 :]
            if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
        ]

    def click(self, key: str) -> None:
        self.page.mouse.click(*self.place_of(key))

    def click_words(self, words: str) -> None:
        """Click where the sentence that begins with *words* begins in the text."""
        sentence = self.page.locator("#text .passage", has_text=words).first
        sentence.scroll_into_view_if_needed()
        x, y = sentence.evaluate("(one) => [one.getClientRects()[0].x, one.getClientRects()[0].y]")
        self.page.mouse.click(x + 5, y + 8)


Open = Callable[..., Opened]


def open_graphs(
    browser: Any, path: Path, *graphs: SourceGraph, fragment: str = "", **options: Any
) -> Opened:
    """Write the page of *graphs* to *path* and open it, in a context of the browser of its own."""
    frozen = options.pop("frozen", False)
    path.write_text(render_page(graphs, frozen=frozen), encoding="utf-8")
    return open_file(browser, path, fragment=fragment, **options)


def open_file(browser: Any, path: Path, *, fragment: str = "", **options: Any) -> Opened:
    """Open the page at *path*; all that it asks for besides is refused, and noted."""
    viewport = options.pop("viewport", {"width": 1440, "height": 900})
    context = browser.new_context(viewport=viewport, accept_downloads=True, **options)
    context.set_offline(True)
    context.set_default_timeout(15_000)
    opened = Opened(context.new_page())

    def refuse(route: Any) -> None:
        if route.request.url.partition("#")[0] == path.as_uri():
            route.continue_()
        else:
            opened.requests.append(route.request.url)
            route.abort()

    context.route("**/*", refuse)
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.goto(path.as_uri() + fragment)
    return opened


def close(opened: Opened) -> None:
    """Close the page, which must not have asked for anything, nor complained."""
    opened.page.context.close()
    assert not opened.complaints, opened.complaints
    assert not opened.requests, opened.requests
