"""The desk for whoever uses a keyboard, a screen reader or a phone; strangers' words are inert."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.helpers.desk_server import ARTICLE, Served, serve
from tests.helpers.places import ROOT
from tests.view.test_access import AXE, grave

DAM = ROOT / "examples" / "dam"
EVIL = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 2'><b>bold</b>"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = serve(tmp_path_factory.mktemp("desk") / "store")
    yield one
    one.kill()


@pytest.fixture(scope="module")
def pages(desk: Served) -> list[str]:
    """Return the paths of one page of each kind."""
    files = [(path.name, path.read_bytes()) for path in sorted(DAM.glob("*.txt"))[:3]]
    one, _, other = desk.bring(*files)["articles"]
    crack = "/claims?words=inspectors%20found%20a%20crack"
    sides = f"/compare?one={one}&other={other}"
    return ["/", f"/articles/{one}", "/sparql", "/picture", sides, crack]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_window(
    browser: Any, desk: Served, pages: list[str], width: int, scheme: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed, npm has it")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    wrong: dict[str, list[str]] = {}
    for path in pages:
        page.goto(desk.address + path)
        page.wait_for_timeout(300)
        page.evaluate(AXE.read_text("utf-8"))
        wrong[path] = list(dict.fromkeys(grave(page)))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong[path].append("wider than the window")
    context.close()
    assert not {path: own for path, own in wrong.items() if own}


def test_what_a_stranger_wrote_is_shown_as_what_it_is(browser: Any, desk: Served) -> None:
    text = ARTICLE.replace("city clerk Ada Brandt", f"city clerk {EVIL} Ada Brandt")
    text = text.replace("Mayor hid report", f"Mayor {EVIL} hid report")
    (digest,) = desk.bring((f"{EVIL}.txt", text))["articles"]
    renamed = desk.correct(digest, action="rename", source={"name": "Jonas Pell"}, name=EVIL)
    assert renamed.status_code == 200
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("request", lambda one: said.append(one.url))
    search = f"/search?words={digest[:3]}"
    paths = ["/", f"/articles/{digest}", f"/articles/{digest}?frozen", "/picture", search]
    for path in [*paths, "/claims?words=the%20mayor%20knew%20of%20the%20cracks"]:
        page.goto(desk.address + path)
        page.wait_for_timeout(300)
        assert page.evaluate(
            "() => window.hit === undefined && !document.querySelector('img[src=x]')"
        )
    assert all(one.startswith(desk.address) for one in said), said
    context.close()
