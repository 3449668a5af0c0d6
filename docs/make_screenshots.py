"""Take the pictures of the documentation: ``python docs/make_screenshots.py``.

They are the page of an example and the index of the ten articles about a dam, each at three widths
in light and in dark, the page on paper, and the same graph as pyvis's own ``show()`` draws it. What
that asks of the network, how large it is and which labels cover each other is measured on the way
and printed. Needs Chromium and the extra ``dev``.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from provenance.articles import read_article
from provenance.common.files import write_whole
from provenance.gathering import site as indexes
from provenance.model import ARTICLE, SourceGraph
from provenance.pipeline import build_record, render_page

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PICTURES = ROOT / "docs" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
SIZES = {1440: 900, 1024: 768, 390: 844}
GAP = 12
"""Pixels between two pages of paper."""
COLOURS = 200
"""Of a picture: enough for text and lines, a third of the bytes."""
BRIGHT = 70
"""How far apart the parts of a colour are that is kept though few lines have it."""

OVERLAPS = """() => {
  const boxed = ({ x, y, box }) => ({
    left: x - box.width / 2, right: x + box.width / 2,
    top: y - box.height / 2, bottom: y + box.height / 2,
  });
  const boxes = window.provenance
    ? provenance.graph().pictures.chain.nodes.filter((one) => one.box).map(boxed)
    : window.network && Object.keys(network.body.nodes).map((id) => network.getBoundingBox(id));
  if (!boxes) return "nothing drawn, no";
  let over = 0;
  boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => {
    over += a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }));
  return over;
}"""


def main() -> None:
    """Build what is shown, and take every picture."""
    graph = build_record(read_article(EXAMPLES / "pentagon-leak.txt"))
    story = [build_record(read_article(path)) for path in sorted((EXAMPLES / "dam").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        write_whole(folder / "page.html", render_page([graph]).encode())
        write_whole(folder / "index.html", indexes.index_of(indexes.held(story), "The Vessa dam"))
        for file in ("page", "index"):
            for width, height in SIZES.items():
                for scheme in ("light", "dark"):
                    tab = opened(browser, folder / f"{file}.html", width, height, scheme)
                    keep(tab.screenshot(), f"{file}-{width}-{scheme}")
                    tab.context.close()
        print_pages(opened(browser, folder / "page.html", 1440, 900))
        compare(browser, graph, folder)


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Any, file: Path, width: int, height: int, scheme: str = "light") -> Any:
    """Open *file* without a network, and keep on the page what it asked of elsewhere."""
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, offline=True)
    tab = context.new_page()
    tab.asked = []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.goto(file.as_uri())
    tab.wait_for_timeout(600)
    return tab


def print_pages(tab: Any) -> None:
    """Print what *tab* shows, and keep the first two pages side by side."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(tab.pdf(format="A4"))
    pages = [document[number].render(scale=1.2).to_pil() for number in range(2)]
    both = Image.new("RGB", (sum(one.width for one in pages) + GAP, pages[0].height), "#bbb")
    for number, page in enumerate(pages):
        both.paste(page, (number * (page.width + GAP), 0))
    packed = BytesIO()
    both.save(packed, "PNG")
    keep(packed.getvalue(), "print-pages")
    tab.context.close()


def keep(picture: bytes, name: str) -> None:
    """Write *picture* in few colours, the most frequent and the brightest, which makes it small."""
    from PIL import Image

    packed = BytesIO()
    image = Image.open(BytesIO(picture)).convert("RGB")
    counts: Any = image.getcolors(image.width * image.height)
    colours = [colour for _, colour in sorted(counts, reverse=True)]
    bright = [colour for colour in colours if max(colour) - min(colour) > BRIGHT][: COLOURS // 3]
    frequent = list(dict.fromkeys([*bright, *colours]))[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in frequent for part in colour])
    few = image.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(packed, "PNG", optimize=True)
    write_whole(PICTURES / f"{name}.png", packed.getvalue())


def compare(browser: Any, graph: SourceGraph, folder: Path) -> None:
    """Show the same graph as pyvis does by itself, and print what can be measured of both."""
    for resources in ("local", "in_line"):
        file = show_with_pyvis(graph, folder / resources, resources)
        tab = opened(browser, file, 1440, 900)
        tab.wait_for_timeout(8_000)  # until its simulation is still
        if resources == "in_line":
            keep(tab.screenshot(), "pyvis-show")
        measure(f"pyvis, {resources}", tab, list(file.parent.rglob("*.*")))
    measure("ours", opened(browser, folder / "page.html", 1440, 900), [folder / "page.html"])


def measure(name: str, tab: Any, files: Sequence[Path]) -> None:
    """Print what *tab* asked of the network, and how many boxes of its graph cover each other."""
    beyond = sum(one.startswith("http") for one in tab.asked)
    size = sum(one.stat().st_size for one in files)
    over = tab.evaluate(OVERLAPS)
    told = f"{len(files)} files, {size:,} bytes, {beyond} requests, {over} overlaps"
    sys.stdout.write(f"{name}: {told}\n")
    tab.context.close()


def show_with_pyvis(graph: SourceGraph, folder: Path, resources: str) -> Path:
    """Return the page that pyvis makes of *graph*, as its documentation tells one to."""
    from pyvis.network import Network  # type: ignore[import-untyped]

    network = Network(directed=True, height="860px", cdn_resources=resources)
    names = {one.id: one.name for one in graph.sources} | {ARTICLE: "this article"}
    for id_, name in names.items():
        network.add_node(id_, label=name)
    for flow in graph.flows:
        network.add_edge(flow.source, flow.target, title=flow.kind.value)
    for dispute in graph.disputes:
        network.add_edge(dispute.source, dispute.target, title=dispute.stance.value)
    folder.mkdir()
    with chdir(folder):
        network.show("graph.html", notebook=False)
    return folder / "graph.html"


if __name__ == "__main__":
    main()
