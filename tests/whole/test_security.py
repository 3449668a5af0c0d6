"""The threat model of docs/security.md, where no other test has it: bombs, requests, leaks."""

import gzip
import io
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import pytest
import urllib3.util.connection
from pyarrow import parquet
from pypdf import PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject

from provenance.articles import parse_article
from provenance.articles.corpus import fetching, find_items, rows
from provenance.bundles import make_bundle, verify_bundle, verifying
from provenance.common.sessions import TOKEN
from provenance.errors import ArticleError, ExtractionError, RecordError, StoreError
from provenance.extraction.tagger.tagger import HEADS, WEIGHTS, load_tagger
from provenance.model import Failure
from provenance.rdf import read_graphs
from provenance.stores.named import NamedGraph
from provenance.stores.protocol import Remote
from tests.articles import test_documents
from tests.helpers import mutants
from tests.helpers.factories import TEXT, make_graph
from tests.helpers.places import ROOT

LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 10)
)


# ---- requests that a stranger would have us make


class _Connected(Exception):
    """A connection would have been made."""


def asked(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[Any]:
    """Return where connections go when names resolve to *answers*, one after the other."""
    went: list[Any] = []
    left = list(answers)

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    def connect(address: Any, *args: Any, **options: Any) -> socket.socket:
        went.append(address)
        raise OSError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    return went


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that leads elsewhere when it is asked for again (DNS rebinding) gains nothing."""
    went = asked(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    assert isinstance(fetching.fetch("http://rebound.example/story"), Failure)
    assert went == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fd00::1", "fe80::1%eth0"),
        *("::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1"),
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        *(
            "64:ff9b:1::7f00:1",
            "64:ff9b:1:ffff::1",
            "fec0::1",
            "feff::1",
            "::127.0.0.1",
            "::8.8.8.8",
        ),
        *("192.0.0.1", "192.0.0.8", "192.0.0.10", "192.0.0.170", "192.88.99.1", "198.19.0.1"),
        *("5f00::1", "100::1", "100:0:0:1::1", "3fff::1", "2001:db8::1", "2001:10::1", "240.0.0.1"),
        *("::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1", "::ffff:0:127.0.0.1", "0.1.2.3"),
    ],
)
def test_no_private_address_is_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for answer in ([address], ["93.184.216.34", address]):
        went = asked(monkeypatch, answer)
        found = fetching.fetch("http://inside.example/story")
        assert isinstance(found, Failure)
        assert "private network" in found.reason
        assert went == []


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::6810:84e5"])
def test_a_public_address_is_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    went = asked(monkeypatch, [address])
    assert isinstance(fetching.fetch("http://outside.example/story"), Failure)
    assert went == [(address, 80)]


def test_a_server_that_drips_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes within the time-out of one; the whole has a time too."""
    monkeypatch.setattr(fetching, "SECONDS", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = (
            "import socket,sys,time\n"
            "s = socket.socket(fileno=int(sys.argv[1]))\n"
            "for _ in range(2):\n"
            "    c, _ = s.accept()\n"
            "    try:\n"
            "        while True: c.send(b'H'); time.sleep(0.05)\n"
            "    except OSError: pass\n"
        )
        fd = server.fileno()
        with subprocess.Popen([sys.executable, "-c", code, str(fd)], pass_fds=[fd]) as dripping:
            found = fetching.fetch(f"http://127.0.0.1:{port}/story", private=True)
            dripping.kill()
    assert isinstance(found, Failure)
    assert "cannot fetch" in found.reason


# ---- bombs


def packed(name: str, *entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return out.getvalue()


def pdf_bomb() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    stream = EncodedStreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = mutants.zeros(80_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def laughing_word() -> bytes:
    """Return a Word file whose text is an entity of entities."""
    whole = test_documents.word([test_documents.BODY])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    xml = files["word/document.xml"].decode()
    head, rest = xml.split("?>", 1)
    rest = rest.replace(test_documents.BODY, "&a9;")
    files["word/document.xml"] = f"{head}?><!DOCTYPE d [{LAUGHS}]>{rest}".encode()
    return packed("word", *files.items())


def test_bombs_are_refused_or_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "LARGEST", 5_000_000)
    assert len(pdf_bomb()) < 1_000_000
    with pytest.raises(ArticleError, match="PDF"):
        parse_article(pdf_bomb(), "a.pdf")
    with pytest.raises(ArticleError, match=r"Word|empty"):
        parse_article(laughing_word(), "a.docx")
    page = f"<!DOCTYPE html [{LAUGHS}]><html><body><p>The man said so on Monday. &a9;</p></body>"
    assert len(parse_article(page.encode(), "a.html").text) < 10_000
    with pytest.raises(RecordError, match="entities"):
        read_graphs(f"<?xml version='1.0'?><!DOCTYPE r [{LAUGHS}]><r>&a9;</r>".encode(), "rdfxml")
    with pytest.raises(RecordError, match="500 MB"):
        verify_bundle(mutants.deep_zip("data/graph.ttl", 6_000_000))
    many = packed("bundle", *((f"data/{number}", b"") for number in range(1001)))
    with pytest.raises(RecordError, match="500 MB"):
        verify_bundle(many)


def test_packed_rows_that_are_too_large_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_LONGEST", 1_000_000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + b"a" * 1_100_000, 1))
    table = pyarrow.table({"text": ["said " * 300_000] * 5})
    parquet.write_table(table, tmp_path / "b.parquet")
    assert (tmp_path / "b.parquet").stat().st_size < 200_000
    found = list(find_items([str(tmp_path / "a.jsonl.gz"), str(tmp_path / "b.parquet")]))
    assert [isinstance(one, Failure) and "1 MB" in one.reason for one in found] == [True] * 6


# ---- what must not leave the machine, or the folder

EVERYTHING = """
import os, socket, sys
from pathlib import Path
from click.testing import CliRunner
home, asked, wrote = Path.cwd().resolve(), [], []
ALLOWED = (str(home), os.devnull, str(Path(sys.prefix)), str(Path(sys.base_prefix)))
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        asked.append((event, str(args[1:])))
    if event == "open" and isinstance(args[0], str | bytes):
        mode, flags = args[1] or "", args[2] or 0
        if set(str(mode)) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            path = os.path.realpath(os.fsdecode(args[0]))
            if "__pycache__" not in path and not path.startswith(ALLOWED):
                wrote.append(path)
sys.addaudithook(watch)
from provenance.cli import main
def run(*args):
    done = CliRunner().invoke(main, list(args))
    assert done.exit_code == 0, (args, done.output, done.exception)
Path("tmp").mkdir(mode=0o700)
os.environ["TMPDIR"] = str(home / "tmp")
run("build", "a.txt", "-o", "out")
run("build", "a.txt", "-o", "quiet", "--no-text", "-q")
run("correct", "grade", "a.txt", "Radio Nord", "B", "--who", "Ada")
run("build", "a.txt", "--store", "store")
run("trace", "out/a.ttl")
run("export", "out/a.ttl", "--to", "csv")
run("export", "out/a.ttl", "--to", "html")
run("view", "out/a.ttl", "-o", "out/page.html")
run("check", "out/a.ttl")
run("bundle", "out/a.ttl", "-o", "out/a.zip")
run("verify", "out/a.zip")
run("diff", "out/a.ttl", "a.txt")
run("query", "denied", "out/a.ttl")
run("sources", "store")
run("independence", "store")
assert not asked, asked
assert not wrote, wrote
assert not os.listdir("tmp"), os.listdir("tmp")
print("nothing left")
"""


def test_no_command_asks_the_network_or_writes_elsewhere(tmp_path: Path) -> None:
    """Watched by Python itself; where the system allows it there is no network either."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "all.py").write_text(EVERYTHING)
    command = [sys.executable, "-W", "error", "all.py"]
    apart = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and _allowed([*apart, "true"]):
        command = [*apart, *command]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    done = subprocess.run(command, cwd=tmp_path, env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stdout.strip().endswith("nothing left"), done.stdout + done.stderr[-3000:]
    assert "articleBody" not in (tmp_path / "quiet" / "a.ttl").read_text("utf-8")


def test_the_network_of_the_tagger_reports_to_nobody(tmp_path: Path) -> None:
    """ONNX Runtime's telemetry leaves a file behind where it is on."""
    code = "from provenance.extraction.tagger.tagger import load_tagger; load_tagger()"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    environment["HOME"] = environment["XDG_CACHE_HOME"] = str(tmp_path)
    environment["ORT_DISABLE_TELEMETRY"] = "0"
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []


def _allowed(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_folders_for_a_moment_are_private(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    made = tempfile.mkdtemp

    def noted(*args: Any, **options: Any) -> str:
        path: str = made(*args, **options)
        seen.append(stat.S_IMODE(Path(path).stat().st_mode))
        return path

    monkeypatch.setattr(tempfile, "mkdtemp", noted)
    make_bundle(make_graph())
    assert set(seen) == {0o700}


def test_a_secret_is_not_in_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "s3cr3t-t0ken")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    remote = Remote(f"http://127.0.0.1:{port}/", retries=0)
    with pytest.raises(StoreError) as caught:
        remote.replace(NamedGraph("urn:a", ()))
    whole = f"{caught.value}{remote!r}{caught.value.__cause__!r}"
    assert "s3cr3t" not in whole


# ---- hostile RDF, hostile weights

BREAKING_OUT = (
    b"<urn:a> <urn:b> <urn:c> <urn:g> } ; DROP ALL ; INSERT DATA {> .\n",
    b'<urn:a> <urn:b> "x" <urn:g\\u003E> .\n',
    b'<urn:a> <urn:b> "x" <urn:g\n> .\n',
)


@pytest.mark.parametrize("data", BREAKING_OUT)
def test_no_name_breaks_out_of_an_update(data: bytes, tmp_path: Path) -> None:
    from provenance.stores.named import read_named

    (tmp_path / "a.nq").write_bytes(data)
    with pytest.raises(RecordError, match="not N-Quads"):
        list(read_named([str(tmp_path / "a.nq")]))


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path("trapped"),))


def test_weights_are_loaded_without_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    trap = np.array([_Trap()], dtype=object)
    np.savez(folder / HEADS, trans=trap, start=trap, distance=trap, weight=trap, bias=trap)
    load_tagger.cache_clear()
    try:
        with pytest.raises(ExtractionError, match="pickle"):
            load_tagger(folder)
    finally:
        load_tagger.cache_clear()
    assert not Path("trapped").exists()


def test_nothing_of_ours_unpickles_or_evaluates() -> None:
    banned = re.compile(
        r"\b(?:import|from) (?:pickle|marshal|shelve|dill|joblib)\b|\beval\(|(?<!\w)exec\("
    )
    for path in sorted((ROOT / "provenance").rglob("*.py")):
        assert not banned.search(path.read_text("utf-8")), path
    assert banned.search("import pickle")
    assert banned.search("x = eval(y)")
