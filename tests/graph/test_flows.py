"""Who had it from whom, as rules tell it: hops, chains, disputes of whole sentences."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from provenance.articles import article_from_text
from provenance.model import ARTICLE, Dispute, Flow, SourceGraph
from provenance.pipeline import build_record
from tests.helpers.graphs_by_rules import told_graph
from tests.helpers.places import ROOT

HEAD = "Harbour board meets again over the old ferry\n\n"


@cache
def built(text: str) -> SourceGraph:
    return told_graph(HEAD + text)


def hops(text: str) -> set[tuple[str, str, str]]:
    """Each flow by the names of its ends, and its kind."""
    graph = built(text)
    names = {s.id: s.name for s in graph.sources} | {ARTICLE: ARTICLE}
    return {(names[f.source], names[f.target], f.kind.value) for f in graph.flows}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Holm said the hull was old.", {("Ann Holm", "article", "reported_by")}),
        (
            "Ann Holm told CBS News that the hull was old.",
            {
                ("Ann Holm", "CBS News", "reported_by"),
                ("CBS News", "article", "reported_by"),
            },
        ),
        (
            "Ann Holm said in an interview with CBS News that the hull was old.",
            {
                ("Ann Holm", "interview with CBS News", "reported_by"),
                ("interview with CBS News", "CBS News", "derived_from"),
                ("CBS News", "article", "reported_by"),
            },
        ),
        (
            "The Gazette reported that Ann Holm said the hull was old.",
            {("Ann Holm", "Gazette", "reported_by"), ("Gazette", "article", "reported_by")},
        ),
        (
            "BERGEN (Reuters) - The ferry sailed on Monday after five weeks in the dock.",
            {("Reuters", "article", "reported_by")},
        ),
    ],
)
def test_each_hop_once(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= hops(text)
    assert all(source != target for source, target, _ in hops(text))


def test_no_shortcut_over_an_outlet() -> None:
    found = hops("The Washington Post reported, citing a leaked memo, that the hull was old.")
    assert ("leaked memo", "The Washington Post", "derived_from") in found
    assert not any(s == "leaked memo" and t == ARTICLE for s, t, _ in found)


def test_what_led_into_an_artefact() -> None:
    text = (
        "Leaked Pentagon documents show that the hull was old. The documents were first posted on "
        "a Discord server. The Washington Post obtained the documents on Monday."
    )
    found = {(s, t) for s, t, _ in hops(text)}
    document = next(s.name for s in built(text).sources if s.type == "document")
    assert ("Pentagon", document) in found
    assert any(s.startswith("Discord") and t == document for s, t in found)
    assert (document, "The Washington Post") in found


def test_an_intercept_in_between() -> None:
    text = (
        "The intercept was obtained by wiretapping the Coastal Intelligence Service. "
        "The intercept shows that the hull was old."
    )
    assert ("Coastal Intelligence Service", "intercept", "derived_from") in hops(text)


def test_talk_about_somebody_is_no_hop() -> None:
    found = hops("Ann Holm said that the ministry was considering a new ferry.")
    assert {s for s, _, _ in found} == {"Ann Holm"}


def test_a_denial_is_a_dispute_and_no_flow_from_what_is_denied() -> None:
    text = "Leaked documents show that the hull was old. The ministry called the documents fakes."
    graph = built(text)
    (dispute,) = graph.disputes
    assert (dispute.source, dispute.stance) == ("ministry", "denies")
    assert (dispute.target, dispute.source) not in {(f.source, f.target) for f in graph.flows}


def test_agreement_points_back() -> None:
    text = "A port official said the hull was old. A ferry captain agreed with this assessment."
    (dispute,) = built(text).disputes
    assert (dispute.source, dispute.stance, dispute.target) == (
        "ferry-captain",
        "confirms",
        "port-official",
    )


def test_everything_rests_on_the_text_and_no_id_dangles() -> None:
    article = ROOT / "examples" / "pentagon-leak.txt"
    graph = build_record(article_from_text(article.read_text(encoding="utf-8")))
    ids = {s.id for s in graph.sources} | {ARTICLE}
    edges: list[Flow | Dispute] = [*graph.flows, *graph.disputes]
    for edge in edges:
        assert {edge.source, edge.target} <= ids
        assert edge.evidence
        assert all(graph.article.quote(s).strip() for s in (*edge.evidence, *edge.cues))
    assert {i for a in graph.attributions for i in a.source_ids} <= ids
    assert {i for c in graph.claims for i in c.sources} <= ids
    assert {p.source_id for e in graph.events for p in e.participants} <= ids | {""}


def test_the_same_graph_whatever_the_hash_seed() -> None:
    command = [
        sys.executable,
        "-m",
        "provenance",
        "build",
        "examples/pentagon-leak.txt",
        "--to",
        "json",
    ]
    outputs = [
        subprocess.run(
            command,
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["flows"]


@pytest.mark.parametrize(
    ("told", "outlet"),
    [
        ('"We will not pay," Ann Holm told the Reuters news agency on Monday.', "Reuters"),
        ("The hull was old, Ann Holm told Turkey's Anadolu news agency.", "Anadolu"),
        ("Ann Holm told the Valley Courier newspaper that the hull was old.", "Valley Courier"),
        ("Ann Holm told the Bild daily that the hull was old.", "Bild"),
        ("Ann Holm told the country's Tagesblatt newspaper that the hull was old.", "Tagesblatt"),
    ],
)
def test_a_house_is_named_before_what_it_is(told: str, outlet: str) -> None:
    assert hops(told) == {
        ("Ann Holm", outlet, "reported_by"),
        (outlet, "article", "reported_by"),
    }


@pytest.mark.parametrize("verb", ["said", "confirmed"])
@pytest.mark.parametrize(
    ("house", "outlet"),
    [
        ("Reuters", "Reuters"),
        ("the Valley Courier", "Valley Courier"),
        ("Time magazine", "Time magazine"),
    ],
)
def test_who_talks_to_a_paper_has_it_printed_there(verb: str, house: str, outlet: str) -> None:
    told = f"Talking to {house}, Ann Holm, the mayor of Velden, {verb} that the hull was old."
    assert hops(told) == {
        ("Ann Holm", outlet, "reported_by"),
        (outlet, "article", "reported_by"),
    }


def test_who_speaks_to_people_is_told_by_the_article() -> None:
    told = "Speaking to reporters, Ann Holm, the mayor of Velden, said that the hull was old."
    assert hops(told) == {("Ann Holm", "article", "reported_by")}


def test_an_agency_that_brings_no_news_is_no_go_between() -> None:
    assert hops("Ann Holm told the health agency that the water was foul.") == {
        ("Ann Holm", "article", "reported_by")
    }
