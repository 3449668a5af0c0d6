"""Every reader and renderer on broken input: a result, or an error of ours in one line.

The same for hours is benchmarks/fuzzing.py; what that found stands below, each as a test.
"""

import random
import tempfile
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from provenance.articles.corpus import find_items
from provenance.cli.summary import summary
from provenance.corrections import read_log, replay
from provenance.errors import GraphError, ProvenanceError
from provenance.graph.differing import differences
from provenance.graph.wholeness import missing_parts
from provenance.model import ARTICLE, Failure, Flow, FlowKind, Item, SourceGraph, Span
from provenance.pipeline import export, render_page
from tests.articles import test_corpus
from tests.helpers import every_reader as readers
from tests.helpers.every_reader import READERS, RENDERED, log_lines, outcome
from tests.helpers.factories import make_flows, make_graph
from tests.helpers.mutants import mutated
from tests.helpers.strategies import graphs

FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a find is shrunk by hand: it may take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@cache
def seeds(name: str) -> list[bytes]:
    return READERS[name].seeds()


@pytest.mark.parametrize("name", READERS)
def test_seeds_are_read(name: str, tmp_path: Path) -> None:
    assert [outcome(READERS[name], data, tmp_path) for data in seeds(name)] == [""] * len(
        seeds(name)
    )


@pytest.mark.parametrize("name", READERS)
@FEW
@given(st.data())
def test_a_mutant_is_read_or_refused_in_one_line(name: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(seeds(name)))
    draw = data.draw(st.integers(0, 2**32))
    with tempfile.TemporaryDirectory() as folder:
        outcome(READERS[name], mutated(seed, random.Random(draw), [seed]), Path(folder))
        assert {p.name for p in Path(folder).iterdir()} <= {"graph.ttl"}


@pytest.mark.parametrize("format", RENDERED)
@FEW
@given(graph=graphs())
def test_any_graph_is_rendered_or_refused_in_one_line(format: str, graph: SourceGraph) -> None:
    told = ""
    try:
        assert export([graph], format)
    except ProvenanceError as error:
        told = str(error)
    assert "\n" not in told


@FEW
@given(one=graphs(), other=graphs())
def test_any_graphs_are_told_compared_and_corrected(one: SourceGraph, other: SourceGraph) -> None:
    if not list(missing_parts(one)):
        list(summary(one, ()))
    differences(one, other)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.jsonl")
        path.write_bytes(log_lines()[0])
        graph, lost = replay(one, read_log(path))
    assert len(graph.corrections) + len(lost) == len(read_log_ids())


def read_log_ids() -> list[str]:
    return [line for line in log_lines()[0].decode().splitlines() if '"undo"' not in line]


def failures(path: Path) -> list[str]:
    return [one.reason for one in find_items([str(path)]) if isinstance(one, Failure)]


def test_a_web_record_without_an_address(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: 22\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>\r\n\r\n"
    )
    (told,) = failures(path)
    assert "cannot read" in told
    assert capfd.readouterr().err == ""


def test_a_web_record_of_more_bytes_than_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/a\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: 22000000000000000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>\r\n\r\n"
    )
    (told,) = failures(path)
    assert "cannot read" in told


def test_half_a_surrogate_pair_in_a_title(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(r'{"text": "He said so.", "title": "a \udea2 b"}', encoding="utf-8")
    (item,) = find_items([str(path)])
    assert isinstance(item, Item)
    assert dict(item.fields)["title"] == "a ? b"


def test_a_web_record_longer_than_it_says_is_told_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What a record holds must not reach the terminal."""
    import gzip

    path = tmp_path / "a.warc"
    whole = b"".join(gzip.decompress(part) for part in _members(test_corpus.warc()))
    path.write_bytes(whole.replace(b"</html>", b"</html>\x1b[31m and more than was said", 1))
    assert any("cannot read all of" in line for line in failures(path))
    assert capfd.readouterr().err == ""


def _members(data: bytes) -> list[bytes]:
    parts = data.split(b"\x1f\x8b\x08")
    return [b"\x1f\x8b\x08" + part for part in parts[1:]]


def test_a_web_archive_that_is_deflated_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("archive/data.warc", b"".join(map(bytes, [range(256)] * 40)))
    data = bytearray(path.read_bytes())
    data[60:200] = bytes(140)
    path.write_bytes(data)
    assert len(failures(path)) == 1


def test_a_bag_without_a_declaration_is_named() -> None:
    from provenance.bundles import verify_bundle
    from provenance.bundles.bagging import packed
    from tests.bundles.test_bundles import unpacked

    files = unpacked(readers._bundle()[0])
    for broken in (b"", b"BagIt-Version: x\n", b"\xff\xfe"):
        (files_check, *_) = verify_bundle(packed(files | {"bagit.txt": broken}))
        assert files_check.faults


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"flows": (*make_flows()[:1], Flow(source="ghost", target=ARTICLE, kind=FlowKind.REPORTED_BY, evidence=(Span(0, 4),)))}, "ghost"),  # noqa: E501
        ({"flows": (replace(make_flows()[0], evidence=(Span(0, 99_999),)),)}, "beyond the text"),
    ],
)  # fmt: skip
def test_a_graph_that_is_not_whole_is_not_drawn(change: dict[str, object], why: str) -> None:
    with pytest.raises(GraphError, match=why):
        render_page([make_graph(**change)])


DEEP: dict[str, tuple[str, bytes, str]] = {
    "JSON-LD": ("JSON-LD", b'{"http://a/b":' * 60_000 + b"1" + b"}" * 60_000, "200 deep"),
    "RDF/XML": (
        "RDF/XML",
        b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        + b"<r:Description><r:value>" * 50_000,
        "200 deep",
    ),
    "Turtle": ("Turtle", b"<a:b> <a:c> " + b"(" * 100_000, "not Turtle"),
    "braces": ("query", b"SELECT * WHERE " + b"{" * 50_000 + b"}" * 50_000, "too deep"),
    "signs": ("query", b"SELECT * WHERE { FILTER(" + b"!" * 50_000 + b"1) }", "too deep"),
    "clauses": ("query", b"SELECT * WHERE { " + b"MINUS {} " * 20_000 + b"}", "too deep"),
    "parts": ("e-mail", b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 9_000, "e-mail"),  # noqa: E501
    "a header": ("e-mail", b"MIME-Version: 1.0\r\nFrom: " + b"a <" * 50_000 + b"\r\n\r\nSaid.", "10,000"),  # noqa: E501
    "records": ("JSON records", b'{"attributions":' + b"[" * 100_000, "recursion"),
    "a row": ("JSON Lines", b'{"text":' + b"[" * 100_000, "not JSON"),
    "a correction": ("corrections", b'{"id":' + b"[" * 100_000 + b"\n", "not a correction"),
}  # fmt: skip


@pytest.mark.parametrize("case", DEEP)
def test_what_is_nested_deep_ends_in_one_line_and_soon(case: str, tmp_path: Path) -> None:
    """Some of these took minutes, or the process with them."""
    name, data, why = DEEP[case]
    assert why in outcome(READERS[name], data, tmp_path)


def test_a_bag_with_two_versions_of_itself_is_named() -> None:
    from provenance.bundles import verify_bundle
    from provenance.bundles.bagging import packed
    from tests.bundles.test_bundles import unpacked

    files = unpacked(readers._bundle()[0])
    twice = b"BagIt-Version: 0.97\nBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    (found, *_) = verify_bundle(packed(files | {"bagit.txt": twice}))
    assert found.faults
