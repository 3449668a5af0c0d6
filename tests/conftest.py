"""What all tests share: no network, and the command line in this process."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from provenance.cli import main
from provenance.model import SourceGraph
from tests.helpers.article_page import Open, Opened, close, open_graphs
from tests.helpers.factories import TEXT

# How long a test takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

LONGEST_ID = 60
SLOW = Path(__file__).with_name("slow.txt")
Prov = Callable[..., Result]
CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what opens a browser, and what slow.txt lists: a file, or one test of it."""
    listed = {line.partition("#")[0].strip() for line in SLOW.read_text("utf-8").splitlines()}
    for item in items:
        test = item.nodeid.partition("[")[0].removeprefix("tests/")
        opens = "browser" in getattr(item, "fixturenames", ())
        if opens or {test, test.partition("::")[0]} & listed:
            item.add_marker(pytest.mark.slow)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Return the words of a case that pytest would give a mere number."""
    if not isinstance(val, list | tuple | dict):
        return None
    words = " ".join(_words(val))
    return words if len(words) <= LONGEST_ID else f"{words[: LONGEST_ID - 3].rstrip()}..."


def _words(value: object) -> Iterator[str]:
    """Yield what can be read in *value*; of objects, whose addresses differ, only their class."""
    if isinstance(value, dict):
        yield from (word for pair in value.items() for word in _words(pair))
    elif isinstance(value, list | tuple):
        yield from (word for one in value for word in _words(one))
    elif isinstance(value, str | int | float | Path | None):
        yield " ".join(str(value).split())
    else:
        yield type(value).__name__


@pytest.fixture(autouse=True)
def _same_folder() -> Iterator[None]:
    """Fail a test that leaves the process in another folder, where those after it would run."""
    before = Path.cwd()
    yield
    after = Path.cwd()
    os.chdir(before)
    assert after == before, f"the test stays in {after}"


@pytest.fixture(autouse=True)
def _no_network(_same_folder: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to connect to anything but this machine, which the browser's driver is on."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"tests must not use the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the page of its graphs, and fail on what it asks or says."""
    pages: list[Opened] = []

    def open_(*graphs: SourceGraph, **options: Any) -> Opened:
        pages.append(open_graphs(browser, tmp_path / "page ☂.html", *graphs, **options))
        return pages[-1]

    yield open_
    for one in pages:
        close(one)


@pytest.fixture
def prov(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Prov:
    """Return a function that runs ``prov`` with its arguments, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(one) for one in arguments], input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    """Return the article about the ferries in a file of its own folder."""
    path = tmp_path / "in" / "ferries.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return Chromium, started once for all tests."""
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield chromium
        chromium.close()
