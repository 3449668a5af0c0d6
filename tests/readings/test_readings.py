"""Readings by people and programs: what stands in the text becomes a graph, the rest is told."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import provenance
from provenance.articles import article_from_text, read_article
from provenance.errors import ProvenanceError, RecordError
from provenance.evaluation.graphs import read_gold_graphs, score_graph
from provenance.exports.records import to_record
from provenance.model import ARTICLE, EventRole, FlowKind, Reader, ReaderKind, SourceGraph
from provenance.pipeline import export
from provenance.rdf import read_graphs, write_graphs
from provenance.rdf.conformance import check
from provenance.readings import Finder, build_from_reading, parse_reading
from provenance.readings.form import ROWS, schema
from tests.cli.test_bad_input import complaint
from tests.conftest import Prov
from tests.helpers.article_page import Open
from tests.helpers.broken_readings import WAYS
from tests.helpers.places import ROOT, SHARED

Row = dict[str, Any]
TEXT = """Ferry hulls were cracked, harbour memo says

Three ferries sailed for a month with cracked hulls, according to a memo of the Harbour Authority
that was leaked to the Lorn Gazette on 3 May 2024.

“We told them in April – twice,” said Olga Brandt, a captain. The authority’s spokesman, Piet Vos,
denied that the memo was genuine. Brandt spoke to the Gazette.
"""
SOURCES: list[Row] = [
    {"id": "memo", "name": "harbour memo", "type": "document", "aliases": ["memo"]},
    {"id": "authority", "name": "Harbour Authority", "type": "organization"},
    {"id": "gazette", "name": "Lorn Gazette", "type": "news_outlet", "aliases": ["Gazette"]},
    {"id": "brandt", "name": "Olga Brandt", "type": "person", "aliases": ["Brandt"]},
    {"id": "vos", "name": "Piet Vos", "type": "person"},
]
FLOWS = [
    ("authority", "memo", "reported_by", "a memo of the Harbour Authority"),
    ("memo", "gazette", "derived_from", "was leaked to the Lorn Gazette"),
    ("gazette", ARTICLE, "reported_by", "was leaked to the Lorn Gazette"),
    ("brandt", ARTICLE, "reported_by", "'We told them in April - twice,' said Olga Brandt"),
    ("vos", ARTICLE, "reported_by", "Piet Vos, denied that the memo was genuine"),
]


def reading(**changes: Any) -> Row:
    """Return a reading of `TEXT` without a fault, but for *changes*."""
    keys = ("from", "to", "kind", "evidence")
    whole = {
        "article": "ferries.txt",
        "reader": {"kind": "person", "name": "Ada Lee"},
        "sources": SOURCES,
        "flows": [dict(zip(keys, row, strict=True)) for row in FLOWS],
        "disputes": [
            {"by": "vos", "target": "memo", "stance": "denies", "evidence": "denied that the memo"}
        ],
        "claims": [{"text": "the memo was genuine", "sources": ["vos"], "certainty": "denied"}],
        "events": [
            {
                "kind": "leak",
                "evidence": "leaked to the Lorn Gazette on 3 May 2024",
                "date": "2024-05-03",
                "roles": [{"role": "artefact", "source": "memo"}],
            }
        ],
    }
    copied: Row = json.loads(json.dumps(whole | changes))
    return copied


def changed(key: str, number: int, **changes: Any) -> Row:
    """Return the reading with one row changed."""
    rows = reading()[key]
    rows[number] |= changes
    return reading(**{key: rows})


def graph_of(given: Row, text: str = TEXT) -> SourceGraph:
    return provenance.build(text, reading=given).record


def faults_of(given: Row, text: str = TEXT) -> list[str]:
    """Return what is wrong with a reading, and see that the rest makes a graph that conforms."""
    article = article_from_text(text)
    graph, faults = build_from_reading(
        article, json.dumps(given).encode(), "r.json", keep_going=True
    )
    assert not check(write_graphs([graph], "turtle"), "turtle")
    assert graph.run.left_out == len(faults)
    return [str(fault) for fault in faults]


def test_a_reading_becomes_a_graph_that_conforms() -> None:
    graph = graph_of(reading())
    assert [source.id for source in graph.sources] == sorted(row["id"] for row in SOURCES)
    assert {(f.source, f.target, f.kind.value) for f in graph.flows} == {row[:3] for row in FLOWS}
    (denial,), (claim,), (event,) = graph.disputes, graph.claims, graph.events
    assert (denial.source, denial.target, denial.stance.value) == ("vos", "memo", "denies")
    assert (claim.text, claim.sources) == ("the memo was genuine", ("vos",))
    assert (event.date, event.participants[0].role) == ("2024-05-03", EventRole.ARTEFACT)
    assert not check(write_graphs([graph], "turtle"), "turtle", article=graph.article)


def test_offsets_are_those_of_the_text_however_the_words_are_typed() -> None:
    graph = graph_of(reading())
    (flow,) = (flow for flow in graph.flows if flow.source == "brandt")
    assert graph.article.quote(flow.evidence[0]) == (
        "“We told them in April – twice,” said Olga Brandt"
    )
    (gazette,) = (source for source in graph.sources if source.id == "gazette")
    assert [graph.article.quote(m) for m in gazette.mentions] == ["Lorn Gazette", "Gazette"]


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("cracked  hulls,\naccording", "cracked hulls, according"),
        ("Harbour Authority that was", "Harbour Authority\nthat was"),
        ('"We told them in April -- twice,"', "“We told them in April – twice,”"),
        ("authority's spokesman", "authority’s spokesman"),
        ("the Lorn\u00a0Gazette", "the Lorn Gazette"),
    ],
)
def test_words_are_found_as_they_stand(typed: str, stands: str) -> None:
    article = article_from_text(TEXT)
    assert [article.quote(s) for s in Finder(article).places(typed)] == [stands]


@pytest.mark.parametrize(
    "typed",
    [
        "memos",
        "Harbour authority",
        "cracked hull",
        "elivered",
        "ferries had sailed",
        "…",
        "“”",
        " ",
    ],
)
def test_other_words_are_not_found(typed: str) -> None:
    assert Finder(article_from_text(TEXT)).places(typed) == ()


def test_words_cut_at_a_line_end_and_run_together_are_found() -> None:
    text = "The spokes-\nman, Ada LeeUpdated at noon, blamed the Marshes' pumps, said “Na\u0303o”."
    finder = Finder(article_from_text(text))
    for typed in ("spokesman", "Ada Lee", "Marshes' pumps", "Não"):
        assert len(finder.places(typed)) == 1, typed
    assert finder.places("Ada Le") == finder.places("date") == ()


def test_of_several_places_the_one_nearest_to_the_sources_counts() -> None:
    text = "He said so, of course. Then it rained.\n\nPiet Vos left. He said so, of course.\n"
    row = {"from": "vos", "to": ARTICLE, "evidence": "He said so, of course"}
    given = {"sources": [SOURCES[4]], "flows": [row]}
    (flow,) = graph_of(given, text).flows
    assert flow.evidence[0].start == text.rindex("He said so")
    (flow,) = graph_of({**given, "flows": [row | {"span": [[0, 21]]}]}, text).flows
    assert flow.evidence[0].start == 0


WRONG: list[tuple[Row, str]] = [
    (changed("sources", 4, type="spokesman"), "source 5 (vos): type: input should be 'person'"),
    (changed("sources", 0, aliases=["memos"]), "“memos” does not stand in the text"),
    (changed("sources", 0, name="paper", aliases=[]), "“paper” does not stand in the text, nor"),
    (changed("sources", 1, id="memo"), "the id 'memo' was given to another source"),
    (changed("sources", 1, id=ARTICLE), "the id 'article' is the article's"),
    (changed("sources", 1, id="a\u202eb"), "must have visible characters"),
    (changed("sources", 1, id=7), "input should be a valid string"),
    (changed("flows", 0, **{"from": "nobody"}), "there is no source 'nobody'"),
    (changed("flows", 3, **{"from": ARTICLE}), "nothing flows from the article"),
    (changed("flows", 1, kind="reported_by"), "a document reports nothing: derived_from"),
    (changed("flows", 3, kind="derived_from"), "only a thing is derived from a person"),
    (changed("flows", 1, to="memo"), "it leads back to where it begins"),
    (changed("flows", 2, to="memo"), "source 1 (memo): no chain of flows leads from it"),
    (changed("flows", 4, evidence="Piet Vos admitted"), "“Piet Vos admitted” does not stand"),
    (changed("flows", 4, evidence="Vos, denied that the memo was genuin"), "does not stand"),
    (changed("flows", 4, evidence=["Piet Vos"]), "evidence: input should be a valid string"),
    (changed("disputes", 0, stance="hates"), "stance: input should be 'denies'"),
    (changed("disputes", 0, target="vos"), "nobody disputes with himself"),
    (changed("disputes", 0, target=ARTICLE), "nobody disputes with it: name the source"),
    (changed("claims", 0, text="the memo was false"), "“the memo was false” does not stand"),
    (changed("claims", 0, sources=["nobody"]), "there is no source 'nobody'"),
    (changed("events", 0, date="2024-05-04"), "does not say the date 2024-05-04"),
    (changed("events", 0, dated="4 May"), "“4 May” does not stand in the text"),
    (changed("events", 0, place="Oslo"), "“Oslo” does not stand in the text"),
    (changed("events", 0, roles=[{"role": "thief", "source": "vos"}]), "roles.0.role: input"),
    (
        changed("sources", 3, aliases=["brandt"]),
        "“brandt” does not stand in the text, but “Brandt”",
    ),
    (changed("flows", 2, evidence="leaked to a paper"), "goes on otherwise after “leaked to”"),
    (changed("flows", 2, evidence="Three ships … leaked to the"), "“Three ships” does not stand"),
    (changed("claims", 0, sources="vos"), "sources: it should be a list"),
    (changed("events", 0, roles={"role": "agent"}), "roles: it should be a list"),
    (reading(disputes=["vos denies"]), "dispute 1: it should be an object"),
    (reading(sources=[{"id": "memo", "type": "document"}]), "source 1 (memo): name: it is missing"),
    (reading(reader={"kind": "robot", "name": "R"}), "reader: kind: input should be 'person'"),
    (reading(reader={"kind": "person", "name": ""}), "reader: name: string should have at least"),
]


MISSPELT = [
    (changed("sources", 4, alias=["Vos"]), "source 5 (vos): it has a key 'alias'", "aliases"),
    (changed("flows", 0, Certainty="alleged"), "flow 1: it has a key 'Certainty'", "certainty"),
    (changed("events", 0, places="Lorn"), "event 1: it has a key 'places'", "place"),
]


@pytest.mark.parametrize(("given", "why", "meant"), MISSPELT, ids=[why for _, why, _ in MISSPELT])
def test_a_key_that_is_nearly_one_is_a_fault(given: Row, why: str, meant: str) -> None:
    if "aliases" in given["sources"][4]:
        del given["sources"][4]["aliases"]
    (fault,) = faults_of(given)
    assert fault == f"{why}, which means nothing: is it {meant!r}?"


@pytest.mark.parametrize("key", ["dispute", "Events", "claim"])
def test_a_list_that_is_nearly_called_so_is_a_fault(key: str) -> None:
    whole = reading()
    meant = next(one for one in whole if one.startswith(key.lower()))
    whole[key] = whole.pop(meant)
    assert f"reading: it has a key {key!r}, which means nothing: is it {meant!r}?" in faults_of(
        whole
    )


def test_a_list_that_is_needed_and_misspelt_is_told_with_what_is_there() -> None:
    whole = reading()
    whole["flow"] = whole.pop("flows")
    with pytest.raises(RecordError, match=r"no list 'flows' \(it has a key 'flow'"):
        graph_of(whole)


def test_other_keys_are_passed_over() -> None:
    """Notes, and what other programs write."""
    more = {"note": "see the archive", "x": 1, "fromage": True, "tone": ""}
    whole = {key: [row | more for row in reading()[key]] for key in ROWS}
    assert not faults_of(reading(**whole) | more)


def test_keys_without_end_take_time_in_proportion() -> None:
    rows = [{"id": str(n), **{f"alias{m}": 0 for m in range(300)}} for n in range(1000)]
    found = parse_reading(json.dumps(reading(sources=rows)).encode(), "r.json").faults
    assert len(found) <= 1000 * 21


@pytest.mark.parametrize("joint", [" … ", " ... ", "… ", " [...] ", " (…) ", "\n"])
def test_passages_are_joined_by_what_is_usual(joint: str) -> None:
    told = joint.join(("Three ferries sailed", "according to a memo"))
    graph = graph_of(changed("flows", 0, evidence=told))
    (flow,) = (flow for flow in graph.flows if flow.source == "authority")
    assert [graph.article.quote(span) for span in flow.evidence] == [
        "Three ferries sailed",
        "according to a memo",
    ]


@pytest.mark.parametrize(("given", "why"), WRONG, ids=[why for _, why in WRONG])
def test_what_is_wrong_is_refused_in_one_line_or_left_out(given: Row, why: str) -> None:
    assert any(why in fault for fault in faults_of(given)), faults_of(given)
    with pytest.raises(RecordError) as caught:
        graph_of(given)
    assert "\n" not in str(caught.value)


def test_rows_that_say_the_same_twice_are_one() -> None:
    rows = reading()["flows"]
    twice = graph_of(reading(flows=[*rows, rows[3] | {"evidence": "Brandt spoke to the Gazette"}]))
    (flow,) = (flow for flow in twice.flows if flow.source == "brandt")
    assert len(flow.evidence) == 2
    assert len(twice.flows) == len(FLOWS)


def test_a_circle_with_a_way_out_is_a_finding_and_one_without_a_fault() -> None:
    back = {"from": "gazette", "to": "brandt", "evidence": "Brandt spoke to the Gazette"}
    there = {"from": "brandt", "to": "gazette", "evidence": "Brandt spoke to the Gazette"}
    assert not faults_of(reading(flows=[*reading()["flows"], there, back]))
    rows = [row for row in reading()["flows"] if row["to"] != ARTICLE]
    assert sum("no chain" in fault for fault in faults_of(reading(flows=[*rows, there, back]))) == 5


def test_the_kind_of_a_flow_follows_from_its_source() -> None:
    rows = [{k: v for k, v in row.items() if k != "kind"} for row in reading()["flows"]]
    kinds = {flow.source: flow.kind for flow in graph_of(reading(flows=rows)).flows}
    assert kinds["memo"] is FlowKind.DERIVED_FROM
    assert kinds["vos"] is FlowKind.REPORTED_BY


def test_a_name_within_a_longer_one_is_that_of_the_longer() -> None:
    text = "The Post, a London paper, said no. The Morning Post said yes. “Yes”, said the Post.\n"
    given = {
        "sources": [
            {"id": "post", "name": "Post", "type": "news_outlet"},
            {"id": "morning", "name": "Morning Post", "type": "news_outlet"},
        ],
        "flows": [
            {"from": "post", "to": ARTICLE, "evidence": "said no"},
            {"from": "morning", "to": ARTICLE, "evidence": "said yes"},
        ],
    }
    mentions = {source.id: len(source.mentions) for source in graph_of(given, text).sources}
    assert mentions == {"post": 2, "morning": 1}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Expecting value"),
        (b"\xff{}", "not UTF-8 at byte 0"),
        (b"[]", "it is not a JSON object"),
        (b"{}", "it has no list 'sources'"),
        (b'{"sources": []}', "it has no list 'flows'"),
        (b'{"sources": {}, "flows": []}', "it has no list 'sources'"),
        (b'{"sources": [], "sources": [], "flows": []}', "'sources' stands twice"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"sources": [' + b"1," * 6000 + b'1], "flows": []}', "more than 5,000 sources"),
        (b" " * 10_000_000, "10,000,000 bytes are more than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_reading_is_refused_in_one_line(data: bytes, why: str) -> None:
    with pytest.raises(RecordError, match=why):
        parse_reading(data, "r.json")


def test_who_read_it_stands_in_the_graph_and_comes_back() -> None:
    model = {"kind": "model", "name": "parrot-7b", "version": "2", "prompt": "a" * 64}
    for reader, agent in ((reading()["reader"], "prov:Person"), (model, "prov:SoftwareAgent")):
        graph = graph_of(reading(reader=reader))
        assert graph.run.readers == (Reader(**reader | {"kind": ReaderKind(reader["kind"])}),)
        assert len(graph.run.reading) == 64
        data = write_graphs([graph], "turtle")
        assert f"a prov:Agent , {agent}" in data.decode()
        assert read_graphs(data, "turtle") == (graph,)
        assert to_record(graph)["run"]["readers"][0]["name"] == reader["name"]


def test_what_prov_prints_is_a_reading() -> None:
    graph = graph_of(reading())
    again, faults = build_from_reading(graph.article, export([graph], "json"), "own.json")
    assert not faults
    assert (again.sources, again.flows, again.disputes) == (
        *(graph.sources, graph.flows, graph.disputes),
    )
    assert [claim.text for claim in again.claims] == [claim.text for claim in graph.claims]


def test_the_article_may_be_in_any_language() -> None:
    text = "Die Fähre „Lorn“ war leck, sagte der Kapitän Jörg Brandt am Montag in Emden.\n" * 3
    given = {
        "sources": [{"id": "b", "name": "Jörg Brandt", "type": "person"}],
        "flows": [{"from": "b", "to": ARTICLE, "evidence": "sagte der Kapitän Jörg Brandt"}],
    }
    assert len(graph_of(given, text).flows) == 1


FOLDERS = (ROOT / "examples", *(SHARED / one for one in ("gold", "graphs/train")))
GOLD = [folder for folder in FOLDERS if folder.is_dir()]


@pytest.mark.parametrize("folder", GOLD, ids=lambda folder: folder.name)
def test_annotated_graphs_go_in_and_come_out_alike(folder: Path) -> None:
    """The first fifteen of each folder; `docs/readings.md` has the figures of all."""
    for _, (name, path, gold) in zip(range(15), read_gold_graphs(folder), strict=False):
        data = path.with_name(f"{name}.gold.json").read_bytes()
        graph, _ = build_from_reading(read_article(path), data, name)
        again, _ = build_from_reading(read_article(path), data, name)
        made = export([graph], "json")
        assert made == export([again], "json")
        for kind, tally in score_graph(gold, json.loads(made)).items():
            assert tally.right == tally.predicted == tally.gold == tally.labelled, (name, kind)
        assert not [
            f for f in check(export([graph], "nquads"), "nquads") if f.severity == "violation"
        ]


def test_five_hundred_broken_readings_are_a_graph_or_one_clear_line(tmp_path: Path) -> None:
    article, refused, whole_graphs = article_from_text(TEXT), 0, 0
    for number in range(500):
        rng = random.Random(number)
        whole: Any = reading()
        for _ in range(rng.choice([1, 1, 2, 4])):
            made = rng.choice(WAYS)(rng, whole) if isinstance(whole, dict) else whole
            whole = whole if made is None else made
            if not isinstance(whole, dict) or any(k not in whole or not whole[k] for k in ROWS):
                break
        data = whole if isinstance(whole, bytes) else json.dumps(whole).encode()
        for keep_going in (False, True):
            try:
                graph, faults = build_from_reading(article, data, "r.json", keep_going=keep_going)
            except ProvenanceError as error:
                see_one_line(error)
                refused += 1
                continue
            assert all(len(str(fault).splitlines()) == 1 for fault in faults), number
            quads = write_graphs([graph], "nquads")
            assert read_graphs(quads, "nquads") == (graph,), number
            grounded(graph)
            whole_graphs += 1
            if number % 25 == 0:
                assert not check(quads, "nquads"), number
    assert refused > 100
    assert whole_graphs > 100


def see_one_line(error: ProvenanceError) -> None:
    assert len(str(error).splitlines()) == 1
    assert 20 < len(str(error)) < 500, error


def grounded(graph: SourceGraph) -> None:
    """See that all names and passages of *graph* stand in its text."""
    finder = Finder(graph.article)
    for source in graph.sources:
        assert source.aliases
        assert all(finder.places(alias) for alias in source.aliases)
    evidence = [*(f.evidence for f in graph.flows), *(d.evidence for d in graph.disputes)]
    assert all(evidence)
    assert all(s.start < s.end <= len(graph.article.text) for spans in evidence for s in spans)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_any_row_is_a_fault_or_none(value: Any) -> None:
    given = reading(flows=[*reading()["flows"], value])
    parsed = parse_reading(json.dumps(given).encode(), "r.json")
    assert [str(fault).startswith("flow 6") for fault in parsed.faults] == [True]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.json").write_text(json.dumps(reading()), "utf-8")
    wrong = changed("flows", 4, evidence="Piet Vos admitted")
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), "utf-8")
    return tmp_path


def test_build_with_a_reading(prov: Prov, files: Path) -> None:
    result = prov("build", "a.txt", "--reading", "a.json", "-o", "out")
    assert result.exit_code == 0
    assert all(line.startswith("next: ") for line in result.stderr.splitlines())
    assert "read as a denial of harbour memo" in result.stdout
    assert prov("check", "out/a.ttl", "--article", "a.txt").exit_code == 0
    page = Path("out/a.html").read_text("utf-8")
    assert "Ada Lee" in page
    made = prov("build", "-", "--reading", "a.json", "--to", "json", input=TEXT)
    assert len(json.loads(made.stdout)["flows"]) == len(FLOWS)
    piped = prov("build", "a.txt", "--reading", "-", "--to", "json", input=json.dumps(reading()))
    assert piped.exit_code == 0


def test_a_faulty_reading_is_one_line_and_with_keep_going_a_smaller_graph(
    prov: Prov, files: Path
) -> None:
    result = prov("build", "a.txt", "--reading", "wrong.json", "-o", "out")
    assert result.exit_code == 1
    assert "“Piet Vos admitted” does not stand in the text" in complaint(result.stderr)
    assert not Path("out").exists()
    result = prov("build", "a.txt", "--reading", "wrong.json", "--keep-going", "--to", "json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["sources"]) == len(SOURCES) - 1
    assert json.loads(result.stdout)["run"]["left_out"] == len(result.stderr.splitlines()) == 4
    assert all(line.startswith("wrong.json: left out ") for line in result.stderr.splitlines())


def test_folders_of_articles_and_readings(prov: Prov, files: Path) -> None:
    Path("articles").mkdir()
    Path("readings").mkdir()
    for name in ("one", "two"):
        Path(f"articles/{name}.txt").write_text(f"{TEXT}\n{name.title()}.\n", "utf-8")
        Path(f"readings/{name}.json").write_text(json.dumps(reading()), "utf-8")
    result = prov("build", "articles", "--reading", "readings", "-o", "out")
    assert result.exit_code == 0
    assert len(list(Path("out").glob("*.ttl"))) == 2
    assert prov("check", "articles", "--reading", "readings").exit_code == 0
    stored = prov("build", "articles", "--reading", "readings", "--store", "store", "-q")
    assert stored.exit_code == 0
    again = prov("build", "articles", "--reading", "readings", "--store", "store")
    assert "2 already there" in again.stderr
    Path("readings/two.json").write_text(json.dumps(reading(disputes=[])), "utf-8")
    again = prov("build", "articles", "--reading", "readings", "--store", "store")
    assert "1 article built, 1 already there" in again.stderr
    Path("readings/two.json").unlink()
    result = prov("build", "articles", "--reading", "readings", "-o", "out")
    assert complaint(result.stderr).startswith("no reading of articles/two.txt in readings")
    result = prov("build", "articles", "--reading", "a.json", "-o", "out")
    assert "a.json is one reading, and there are 2 articles" in complaint(result.stderr)


def test_check_tells_every_fault_in_a_line(prov: Prov, files: Path) -> None:
    result = prov("check", "a.txt", "--reading", "a.json")
    assert (result.exit_code, result.stdout) == (
        0,
        "a.json: holds, 5 sources, 5 flows, 1 dispute\n",
    )
    result = prov("check", "a.txt", "--reading", "wrong.json")
    *faults, verdict = result.stdout.splitlines()
    assert (result.exit_code, verdict) == (1, "wrong.json: 4 faults")
    assert all(fault.startswith("fault: ") for fault in faults)
    assert prov("check", "a.txt", "--reading", "a.json", "--article", "a.txt").exit_code == 2


def test_a_template_is_filled_in_and_holds(prov: Prov, files: Path) -> None:
    result = prov("evaluate", "--template", "a.txt")
    empty = json.loads(result.stdout)
    assert empty["paragraphs"][-1].startswith("“We told them in April")
    assert empty["sources"] == empty["flows"] == []
    filled = empty | {key: reading()[key] for key in ("reader", *ROWS)}
    Path("mine.json").write_text(json.dumps(filled), "utf-8")
    assert prov("check", "a.txt", "--reading", "mine.json").exit_code == 0
    assert prov("evaluate").exit_code == 2


def test_corrections_and_bundles_go_with_a_reading(prov: Prov, files: Path) -> None:
    assert prov("build", "a.txt", "--reading", "a.json", "-q").exit_code == 0
    assert (
        prov("correct", "rename", "a.txt", "Piet Vos", "Pieter Vos", "--who", "Ada").exit_code == 0
    )
    assert prov("build", "a.txt", "--reading", "a.json", "-q").exit_code == 0
    assert "Pieter Vos" in prov("trace", "a.ttl").stdout
    assert prov("bundle", "a.ttl", "-o", "a.zip").exit_code == 0
    result = prov("verify", "a.zip")
    assert result.exit_code == 3
    assert "rebuilt: not checked, somebody else read the article" in result.stdout


def test_the_schema_is_shipped_as_it_is_made_and_allows_what_is_allowed() -> None:
    path = ROOT / "provenance" / "readings" / "reading.schema.json"
    assert json.loads(path.read_text("utf-8")) == schema(), "run python docs/make.py"
    assert set(schema()["required"]) == {"sources", "flows"}


def test_nothing_is_tagged_for_a_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def tag(*_: Any) -> None:
        raise AssertionError("an extractor was loaded")

    monkeypatch.setattr("provenance.extraction.load_plugin", tag)
    assert graph_of(reading()).sources


def test_the_page_tells_who_read_the_article(open_page: Open) -> None:
    note = open_page(graph_of(reading())).page.locator("p.note", has_text="Read by")
    assert note.inner_text().startswith("Read by Ada Lee (person), whose words")
