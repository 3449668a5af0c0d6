"""Graphs for Gephi and spreadsheets, and in the notations of PROV."""

import csv
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from prov.model import ProvDocument

from provenance.exports.tables import FORMATS, write_table
from provenance.pipeline import export
from provenance.rdf.notations import NOTATIONS
from tests.conftest import Prov
from tests.helpers.factories import make_article, make_graph
from tests.helpers.gold_graphs import NAMES, gold_graph
from tests.helpers.places import ROOT
from tests.helpers.strategies import texts

BUILT = sorted((ROOT / "examples" / "built").glob("*.ttl"))


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_a_row_for_each_flow_dispute_and_source() -> None:
    several = [gold_graph(name) for name in NAMES]
    edges, nodes = (table(write_table(several, format)) for format in ("csv", "csv-sources"))
    assert len(edges) == sum(len(g.flows) + len(g.disputes) for g in several)
    assert len(nodes) == sum(len(g.sources) + 1 for g in several)
    ids = {row["Id"] for row in nodes}
    assert len(ids) == len(nodes)
    assert {row[end] for row in edges for end in ("Source", "Target")} <= ids
    assert all(row["evidence"] for row in edges)
    assert {row["named"] for row in nodes if row["type"] == "unnamed"} == {"no"}


def test_how_sure_a_hop_or_dispute_is_stands_beside_it() -> None:
    graph = make_graph()
    flows = (replace(graph.flows[0], score=0.4), *graph.flows[1:])
    disputes = tuple(replace(one, score=0.756) for one in graph.disputes)
    edges = table(write_table([replace(graph, flows=flows, disputes=disputes)], "csv"))
    scores = [row["score"] for row in edges]
    assert scores[0] == "0.40"
    assert scores[len(flows) :] == ["0.76"] * len(disputes)


@pytest.mark.parametrize(
    "name",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", " =1+1", "\xa0+1", "\u200b@A1"),
        *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\ufe661", "\ufe62\uff11"),
        *("\ufe63A1", "\ufe6bA1", " \uff1dA1", "\u202e\uff1dA1", "\u3000\uff0bA1"),
    ],
)
def test_no_cell_is_a_formula(name: str) -> None:
    whole = make_graph()
    graph = replace(
        whole, sources=tuple(replace(s, name=name, aliases=(name,)) for s in whole.sources)
    )
    for format in ("csv", "csv-sources"):
        rows = table(write_table([graph], format))
        cells = {cell for row in rows for cell in row.values() if name in cell}
        assert cells == {f"'{name}"}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_are_read_back_by_networkx(format: str) -> None:
    several = [gold_graph(name) for name in NAMES]
    read = nx.read_graphml if format == "graphml" else nx.read_gexf
    network = read(io.BytesIO(write_table(several, format)))
    assert network.number_of_nodes() == sum(len(g.sources) + 1 for g in several)
    assert network.number_of_edges() == sum(len(g.flows) + len(g.disputes) for g in several)
    labels = {attributes["label"] for _, attributes in network.nodes(data=True)}
    assert labels == {s.name for g in several for s in g.sources} | {
        g.article.title or g.article.name for g in several
    }


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(name=texts())
def test_any_name_can_be_written(name: str) -> None:
    graph = gold_graph(NAMES[0])
    graph = replace(graph, sources=tuple(replace(s, name=name) for s in graph.sources))
    for format in FORMATS:
        data = write_table([graph], format)
        assert data.endswith(b"\n")
        if format.startswith("csv"):
            edges = len(graph.flows) + len(graph.disputes)
            assert len(table(data)) == (edges if format == "csv" else len(graph.sources) + 1)
        else:
            read = nx.read_graphml if format == "graphml" else nx.read_gexf
            assert read(io.BytesIO(data)).number_of_nodes() == len(graph.sources) + 1


@pytest.mark.parametrize("name", NOTATIONS)
def test_prov_reads_its_notations_back_with_all_flows(name: str) -> None:
    graph = gold_graph(NAMES[0])
    data = export([graph], name)
    if name == "provn":
        assert data.count(b"wasAttributedTo(") >= 5
        assert data.startswith(b"document\n")
        assert data.endswith(b"endDocument\n")
        return
    document = ProvDocument.deserialize(content=data.decode(), format=NOTATIONS[name])
    again = ProvDocument.deserialize(content=export([graph], "provjson").decode(), format="json")
    assert document == again
    names = {str(label) for r in document.get_records() for label in r.get_attribute("prov:label")}
    assert {source.name for source in graph.sources} <= names


def test_several_articles_are_bundles() -> None:
    several = [gold_graph(name) for name in NAMES]
    document = ProvDocument.deserialize(content=export(several, "provjson").decode(), format="json")
    assert len(list(document.bundles)) == len(several)


@pytest.mark.parametrize("format", [*FORMATS, *NOTATIONS])
def test_the_same_bytes_in_every_process(format: str) -> None:
    command = [sys.executable, "-m", "provenance", "export", str(BUILT[0]), "--to", format]
    runs = {
        subprocess.run(
            command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_build_writes_them_too(prov: Prov, ferries: Path) -> None:
    result = prov("build", ferries, "--to", "csv")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("article,Source,Target,")


def test_a_table_is_no_graph_to_read(prov: Prov, tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    path.write_bytes(write_table([make_graph(article=make_article())], "csv"))
    result = prov("trace", path)
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
