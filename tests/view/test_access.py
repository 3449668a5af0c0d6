"""What assistive technology needs, judged by axe-core: nothing serious on any page."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.articles import read_article
from provenance.common.files import write_whole
from provenance.gathering import site as indexes
from provenance.pipeline import build_record, render_page
from tests.helpers.factories import make_graph
from tests.helpers.places import ROOT
from tests.helpers.watched_page import open_screen

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
PAGE = ("", "#select=s:memo", "#select=f:0", "#focus=memo", "#view=table")
INDEX = (
    "",
    "#list=claims&at=c0",
    "#list=articles&at=a0",
    "#list=sources&at=s0",
    "#list=derivations",
)

pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed, npm has it")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a page and an index."""
    story = sorted((ROOT / "examples" / "dam").glob("*.txt"))
    holdings = indexes.held(build_record(read_article(path)) for path in story)
    made = tmp_path_factory.mktemp("access")
    write_whole(made / "page.html", render_page([make_graph()], home="index.html").encode())
    write_whole(made / "index.html", indexes.index_of(holdings, "dam"))
    return made


def grave(page: Any) -> Iterator[str]:
    """Yield what axe-core finds to be serious or worse on *page* as it is now."""
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert len(found["passes"]) > 20, "axe-core did not look at the page"
    for violation in found["violations"]:
        if violation["impact"] in GRAVE:
            for node in violation["nodes"]:
                yield f"{violation['id']}: {node['html'][:120]} ({node['failureSummary'][:200]})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("file", "views"), [("page.html", PAGE), ("index.html", INDEX)])
def test_axe_finds_nothing_serious(
    browser: Any, folder: Path, file: str, views: tuple[str, ...], width: int, scheme: str
) -> None:
    viewport = {"width": width, "height": 900}
    screen = open_screen(browser, folder, file, viewport=viewport, color_scheme=scheme)
    page = screen.page
    page.evaluate(AXE.read_text("utf-8"))
    wrong: dict[str, list[str]] = {}
    for view in views:
        page.evaluate("(to) => { location.hash = to; }", view)
        page.wait_for_timeout(50)
        wrong[view] = list(grave(page))
    screen.check()
    page.context.close()
    found = {view: list(dict.fromkeys(ones)) for view, ones in wrong.items() if ones}
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)
