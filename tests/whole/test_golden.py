"""The annotated articles keep to the rules of the gold format, whatever a system makes of them."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from provenance.articles import read_article
from provenance.model import AGENTS, ARTICLE, FlowKind, SourceType, Stance
from tests.helpers.places import ROOT

GOLDS = sorted([*ROOT.glob("examples/*.gold.json"), *ROOT.glob("tests/data/golden/*.gold.json")])

golds = pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name.partition(".")[0])


@cache
def load(path: Path) -> tuple[dict[str, Any], str]:
    """Return the annotation at *path* and the text of its article, as `prov` reads it."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return gold, read_article(path.with_name(gold["article"])).text


def test_all_the_articles_are_there() -> None:
    assert Counter(path.parent.name for path in GOLDS) == {"examples": 3, "golden": 15}


@golds
def test_only_the_keys_of_the_format(path: Path) -> None:
    gold, _ = load(path)
    assert list(gold) == ["article", "sources", "flows", "disputes"]
    assert gold["article"].partition(".")[0] == path.name.partition(".")[0]
    keys = {
        "sources": ["id", "name", "type", "aliases"],
        "flows": ["from", "to", "kind", "evidence"],
        "disputes": ["by", "target", "stance", "evidence"],
    }
    for part, expected in keys.items():
        assert [row for row in gold[part] if list(row) != expected] == []


@golds
def test_every_word_stands_in_the_text(path: Path) -> None:
    gold, text = load(path)
    words = [s["name"] for s in gold["sources"]]
    words += [alias for s in gold["sources"] for alias in s["aliases"]]
    words += [row["evidence"] for part in ("flows", "disputes") for row in gold[part]]
    assert [one for one in words if not one or one not in text] == []


@golds
def test_sources_are_typed_and_told_apart(path: Path) -> None:
    gold, _ = load(path)
    ids = [s["id"] for s in gold["sources"]]
    assert len(set(ids)) == len(ids)
    assert ARTICLE not in ids
    assert [s["id"] for s in gold["sources"] if s["type"] not in set(SourceType)] == []
    names = Counter(alias.casefold() for s in gold["sources"] for alias in s["aliases"])
    assert [name for name, count in names.items() if count > 1] == []
    assert [s["id"] for s in gold["sources"] if not s["aliases"]] == []
    assert [a for s in gold["sources"] for a in s["aliases"] if a.startswith("the ")] == []


@golds
def test_flows_and_disputes_join_known_sources_once(path: Path) -> None:
    gold, _ = load(path)
    ids = {s["id"] for s in gold["sources"]}
    flows = [(f["from"], f["to"]) for f in gold["flows"]]
    disputes = [(d["by"], d["target"]) for d in gold["disputes"]]
    assert len(set(flows)) == len(flows)
    assert len(set(disputes)) == len(disputes)
    assert [f for f in flows if f[0] not in ids or f[1] not in ids | {ARTICLE}] == []
    assert [d for d in disputes if d[0] not in ids or d[1] not in ids or d[0] == d[1]] == []
    assert [d for d in gold["disputes"] if d["stance"] not in set(Stance)] == []


@golds
def test_the_kind_of_a_flow_fits_its_upstream_end(path: Path) -> None:
    """A thing only gives by derivation; an agent may be a custodian instead of an author."""
    gold, _ = load(path)
    types = {s["id"]: SourceType(s["type"]) for s in gold["sources"]} | {
        ARTICLE: SourceType.DOCUMENT
    }
    for flow in gold["flows"]:
        kind, from_agent = FlowKind(flow["kind"]), types[flow["from"]] in AGENTS
        if not from_agent:
            assert kind is FlowKind.DERIVED_FROM, flow
        elif kind is FlowKind.DERIVED_FROM:
            assert flow["to"] != ARTICLE, flow
            assert types[flow["to"]] not in AGENTS, flow


@golds
def test_every_source_leads_to_the_article_without_circles(path: Path) -> None:
    gold, _ = load(path)
    graph = nx.DiGraph([(f["from"], f["to"]) for f in gold["flows"]])
    assert nx.is_directed_acyclic_graph(graph)
    unconnected = {s["id"] for s in gold["sources"]} - (nx.ancestors(graph, ARTICLE))
    assert unconnected == set()
