"""The page as bytes: one file, deterministic, and nothing gets out of its data."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from provenance.errors import GraphError
from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    Excerpt,
    FlowKind,
    Gap,
    SourceGraph,
    SourceType,
    Span,
)
from provenance.view import render_page
from provenance.view.passages import passages
from provenance.view.wording import tell_event, tell_flow
from tests.helpers.factories import (
    TEXT,
    at,
    make_article,
    make_claim,
    make_event,
    make_ferries_article,
    make_flow,
    make_graph,
    make_run,
    make_source,
    sentence,
)
from tests.helpers.places import ROOT

HOSTILE = (
    "</script><script>window.pwned = 1</script>",
    '<img src=x onerror="window.pwned = 1">',
    "{{ 7 * 7 }} {% raw %} ${window.pwned=1}",
    "\u202eturned round\u2066 \u2028\u2029 \ud800 \x00",
    "\"]}, 'quotes' & \\u003c <!-- ]]>",
    "x" * 10_000,
)


def hostile_graph() -> SourceGraph:
    """Return a graph whose every string is one of `HOSTILE`."""
    text = "\n\n".join(HOSTILE).replace("\ud800", "")
    everywhere = Span(0, len(text))
    sources = tuple(
        make_source(f"{n}{one}", name=one, aliases=(one + " again",), type=type_)
        for n, (one, type_) in enumerate(zip(HOSTILE, SourceType, strict=False))
    )
    flows = tuple(make_flow(one.id, ARTICLE, evidence=(everywhere,), cues=()) for one in sources)
    return SourceGraph(
        article=make_article(
            text, name=HOSTILE[0], title=HOSTILE[0], publisher=HOSTILE[1], authors=HOSTILE,
            published=HOSTILE[2], url="javascript:window.pwned=1",
        ),
        sources=sources,
        flows=flows,
        claims=tuple(
            make_claim(f"c{n}", text=one, content=(everywhere,), sources=(sources[n].id,))
            for n, one in enumerate(HOSTILE)
        ),
        events=(make_event(place=HOSTILE[0], sentence=everywhere, trigger=everywhere),),
        run=make_run(extractor=HOSTILE[0]),
    )  # fmt: skip


def data_of(page: str) -> Any:
    """Return what the page's script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_is_one_small_file_that_asks_for_nothing() -> None:
    page = render_page([make_graph()])
    assert len(page.encode()) < 1_500_000
    assert '<link rel="stylesheet' not in page
    assert not re.search(r"<(script|img|iframe|link)[^>]+(src|href)=\"(?!data:)", page)
    assert page.index('<meta charset="utf-8">') < 1024


def test_the_policy_names_every_script_and_style_by_its_hash() -> None:
    page = render_page([make_graph()])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    stated = policy[1].replace("&#39;", "'").replace("&#43;", "+")
    bodies = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    assert len(bodies) == 3
    for body in bodies:
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in stated
    assert stated.startswith("default-src 'none';")
    assert "unsafe" not in stated


def test_the_same_graph_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib; from provenance.view import render_page; "
        "from tests.helpers.factories import make_graph; "
        "print(hashlib.sha256(render_page([make_graph()]).encode()).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        digests.add(run.stdout)
    assert len(digests) == 1


def test_hostile_strings_stay_within_the_data() -> None:
    page = render_page([hostile_graph()])
    page.encode("utf-8")
    start = page.index('id="data">') + len('id="data">')
    data = page[start : page.index("</script>", start)]
    assert not re.search("[<>&\u2028\u2029]", data)
    vis = page[page.index("<script>") : page.index("</script>", page.index("<script>"))]
    assert page.lower().count("<script") - vis.lower().count("<script", 8) == 3
    assert "<img" not in page
    assert "49" not in page[page.index("<title>") : page.index("</title>")]


def test_hostile_strings_come_out_of_the_data_as_they_were() -> None:
    (graph,) = data_of(render_page([hostile_graph()]))
    assert [source["name"] for source in graph["sources"]] == list(HOSTILE)
    assert graph["meta"]["title"] == HOSTILE[0]


def test_a_page_needs_a_graph() -> None:
    with pytest.raises(GraphError, match="there is no graph"):
        render_page([])


def test_an_article_alone_makes_a_page() -> None:
    graph = SourceGraph(article=make_article("Nothing."), run=make_run())
    (data,) = data_of(render_page([graph]))
    assert data["chains"] == []
    assert [node["id"] for node in data["pictures"]["chain"]["nodes"]] == ["s:article"]


def test_every_source_flow_and_dispute_is_in_the_network() -> None:
    graph = make_graph()
    (data,) = data_of(render_page([graph]))
    nodes = {node["id"] for node in data["pictures"]["chain"]["nodes"] if "box" in node}
    items = {edge["item"] for edge in data["pictures"]["chain"]["edges"]}
    assert nodes == {"s:article", *(f"s:{one.id}" for one in graph.sources)}
    flows = {f"f:{n}" for n in range(len(graph.flows))}
    assert items == flows | {f"d:{n}" for n in range(len(graph.disputes))}


def test_kinds_stances_and_certainty_look_different() -> None:
    (data,) = data_of(render_page([make_graph()]))
    items = {item["id"]: item for item in data["items"]}
    looks = {}
    for edge in data["pictures"]["chain"]["edges"]:
        item = items[edge["item"]]
        look = (edge["width"], str(edge["dashes"]), edge["tone"])
        looks[item["kind"], item["certainty"]] = look
    told, derived = looks["reported_by", "asserted"], looks["derived_from", "asserted"]
    assert told[0] < derived[0]
    assert looks["reported_by", "speculative"][1] != told[1]
    assert len({str(dashes) for dashes in data["dashes"].values()}) == len(Certainty)
    assert looks["denies", "asserted"][1] not in (told[1], looks["reported_by", "speculative"][1])
    assert looks["confirms", "asserted"][2] != looks["denies", "asserted"][2]


def test_the_network_is_still() -> None:
    (data,) = data_of(render_page([make_graph()]))
    assert data["pictures"]["chain"]["options"]["physics"] == {"enabled": False}
    assert all("x" in node and "y" in node for node in data["pictures"]["chain"]["nodes"])


def test_a_hop_is_marked_by_evidence_cue_source_and_content() -> None:
    (data,) = data_of(render_page([make_graph()]))
    hop = next(i for i in data["items"] if i.get("source") == "gazette" and i["what"] == "flow")
    marks = {role: [TEXT[a:b] for a, b in spans] for role, spans in hop["marks"].items()}
    assert marks["cue"] == ["reported"]
    assert "The Northport Gazette" in marks["source"]
    assert marks["content"] == ["three ferries had sailed with cracked hulls 🚢"]
    assert marks["evidence"][0].startswith("The Northport Gazette reported")


def test_answers_say_what_is_asked_first() -> None:
    (data,) = data_of(render_page([make_graph()]))
    told = [f"{one['figure']} {one['words']}" for one in data["answers"]]
    assert told[0].startswith("1 independent line for the headline's claim: ")
    assert told[1:3] == ["12 sources, 2 unnamed", "1 denies leaked memo"]


def test_where_nothing_is_claimed_no_line_is_counted() -> None:
    flow = make_flow("engineers", certainty=Certainty.SPECULATIVE)
    sources = (make_source("engineers", type=SourceType.UNNAMED),)
    graph = make_graph(sources=sources, flows=(flow,), disputes=(), claims=(), events=())
    (data,) = data_of(render_page([graph]))
    assert [f"{one['figure']} {one['words']}" for one in data["answers"]] == ["1 source, 1 unnamed"]
    assert data["points"] == data["lines"] == []


def test_chains_and_gaps_are_told() -> None:
    graph = make_graph()
    flow = next(one for one in graph.flows if one.source == "petrenko")
    gap = Gap(source="petrenko", upstream=True, reason="who told him is not said")
    chain = Chain(origin="petrenko", flows=(flow,), certainty=Certainty.ASSERTED, gaps=(gap,))
    (data,) = data_of(render_page([graph], [[chain]]))
    assert data["chains"][0]["ids"] == ["petrenko", ARTICLE]
    assert data["chains"][0]["gaps"][0]["reason"] == "who told him is not said"
    source = next(one for one in data["sources"] if one["id"] == "petrenko")
    assert source["gaps"] == []  # of a source stand those that follow from the graph itself


def test_chains_belong_to_graphs_in_their_order() -> None:
    data = data_of(render_page([make_graph(), make_graph()], [[]]))
    assert [one["meta"]["name"] for one in data] == ["ferries.txt", "ferries.txt"]


def test_a_withheld_text_shows_its_excerpts() -> None:
    whole = make_ferries_article()
    spans = sorted({span for flow in make_graph().flows for span in flow.evidence})
    kept = tuple(whole.excerpt(span) for span in spans)
    inner = Excerpt(at("cracked hulls", 1), "cracked hulls")
    article = replace(whole, text="", excerpts=tuple(sorted((*kept, inner))))
    (data,) = data_of(render_page([make_graph(article=article)]))
    assert data["meta"]["withheld"] is True
    assert {block["kind"] for block in data["blocks"]} == {"excerpt"}
    for block in data["blocks"]:
        assert TEXT[block["start"] :].startswith(block["text"])
    assert len(data["blocks"]) == len(spans)


def test_overlapping_evidence_is_one_passage_with_all_that_rests_on_it() -> None:
    rows = [("f:0", (Span(0, 10),)), ("f:1", (Span(5, 20), Span(30, 40))), ("d:0", (Span(0, 10),))]
    assert passages(rows) == [
        {"start": 0, "end": 20, "ids": ["f:0", "d:0", "f:1"]},
        {"start": 30, "end": 40, "ids": ["f:1"]},
    ]


@pytest.mark.parametrize(
    ("source", "target", "kind", "words"),
    [
        ("brandt", ARTICLE, FlowKind.REPORTED_BY, "quotes"),
        ("brandt", "radio-nord", FlowKind.REPORTED_BY, "had word from"),
        ("brandt", "interview", FlowKind.REPORTED_BY, "carries the words of"),
        ("memo", "gazette", FlowKind.DERIVED_FROM, "drew on the"),
        ("authority", "memo", FlowKind.DERIVED_FROM, "came out of the"),
    ],
)
def test_hops_are_told_in_words(source: str, target: str, kind: FlowKind, words: str) -> None:
    graph = make_graph()
    sources = {one.id: one for one in graph.sources}
    told = tell_flow(graph, sources, make_flow(source, target, kind=kind))
    assert [one for one in told if one != "The"] == [f"@{target}", words, f"@{source}"]


def test_events_are_told_with_their_roles_and_dates() -> None:
    told = tell_event(make_event(sentence=sentence("It was first posted")))
    assert told == ["@memo", "was posted", "on", "@port-online", "(2024-04-28)"]
