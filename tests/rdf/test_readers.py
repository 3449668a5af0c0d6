"""What we write is read alike by pyoxigraph, by rdflib and by the library prov."""

import hashlib
import os
import subprocess
import sys
import warnings

import prov.model
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from provenance import vocab
from provenance.model import ARTICLE, FlowKind, SourceGraph, SourceType
from provenance.rdf import FORMATS, parse_rdflib, to_rdflib, write_graphs
from tests.helpers.factories import (
    make_article,
    make_ferries_article,
    make_flows,
    make_graph,
    make_sources,
)
from tests.helpers.places import ROOT

RDFLIB_NAMES = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
IRI = vocab.article_iri(make_ferries_article().digest)


def strings(graph: rdflib.Graph) -> set[tuple[str, str, str, str]]:
    """Return triples with their datatypes, for comparison beyond one library's terms."""
    return {(str(s), str(p), str(o), str(getattr(o, "datatype", "") or "")) for s, p, o in graph}


def plain(datatype: str) -> str:
    """Return *datatype*, nothing for strings, of which RDF and its libraries have several."""
    return "" if datatype.endswith(("#string", "#langString")) else datatype


def ox_strings(data: bytes, format: str) -> set[tuple[str, str, str, str]]:
    """Return what pyoxigraph reads, in the same form."""
    ox = next(f.ox for f in FORMATS if f.name == format)
    return {
        (
            q.subject.value,
            q.predicate.value,
            q.object.value,
            plain(q.object.datatype.value) if isinstance(q.object, pyoxigraph.Literal) else "",
        )
        for q in pyoxigraph.parse(data, format=ox)
        if isinstance(q.subject, pyoxigraph.NamedNode)
        and isinstance(q.object, pyoxigraph.NamedNode | pyoxigraph.Literal)
    }


def read_by_rdflib(data: bytes, format: str) -> rdflib.Graph:
    """Return the union of all graphs in *data* as rdflib's own parser reads it."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=RDFLIB_NAMES[format])
    graph = rdflib.Graph()
    for subject, predicate, object, _ in dataset.quads():
        graph.add((subject, predicate, object))
    return graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("base_iri", [None, "https://example.org/x/"])
@pytest.mark.parametrize("format", list(RDFLIB_NAMES))
def test_rdflib_and_pyoxigraph_read_the_same_triples(format: str, base_iri: str | None) -> None:
    data = write_graphs([make_graph()], format, base_iri=base_iri)
    by_rdflib = {(s, p, o, plain(d)) for s, p, o, d in strings(read_by_rdflib(data, format))}
    by_ox = ox_strings(data, format)
    assert by_rdflib == by_ox
    assert len(by_ox) > 1000
    ours = strings(to_rdflib(make_graph(), base_iri=base_iri))
    assert {(s, p, o, plain(d)) for s, p, o, d in ours} == by_ox


@pytest.mark.parametrize("format", list(RDFLIB_NAMES))
def test_there_are_no_blank_nodes(format: str) -> None:
    data = write_graphs([make_graph()], format)
    ox = next(f.ox for f in FORMATS if f.name == format)
    for quad in pyoxigraph.parse(data, format=ox):
        nodes = (quad.subject, quad.object, quad.graph_name)
        assert not any(isinstance(node, pyoxigraph.BlankNode) for node in nodes), quad


def test_one_named_graph_for_each_article() -> None:
    other = SourceGraph(article=make_article("No news."), run=make_graph().run)
    names = sorted(f"{vocab.article_iri(g.article.digest)}#graph" for g in (make_graph(), other))
    for format in ("trig", "nquads", "jsonld"):
        ox = next(f.ox for f in FORMATS if f.name == format)
        quads = pyoxigraph.parse(write_graphs([make_graph(), other], format), format=ox)
        graphs = {
            q.graph_name.value for q in quads if isinstance(q.graph_name, pyoxigraph.NamedNode)
        }
        assert sorted(graphs) == names, format


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("format", ["turtle", "trig", "xml"])
def test_the_library_prov_reads_every_provenance_statement(format: str) -> None:
    name = "rdfxml" if format == "xml" else format
    data = write_graphs([make_graph()], name)
    with pytest.warns(UserWarning, match="not converted"):  # what is not PROV: annotations, spans
        document = prov.model.ProvDocument.deserialize(
            content=data.decode("utf-8"), format="rdf", rdf_format=format
        )
    bundle = next(iter(document.bundles), document)

    def ends(kind: type[prov.model.ProvRelation]) -> set[tuple[str, str]]:
        pairs = ([str(v.uri) for _, v in r.formal_attributes[:2]] for r in bundle.get_records(kind))
        return {(one.removeprefix(IRI), other.removeprefix(IRI)) for one, other in pairs}

    agents = {source.id for source in make_sources() if source.type.is_agent}
    channels = {source.id for source in make_sources() if source.type is SourceType.CHANNEL}
    attributed = {("", "#author-1"), ("", "#author-2"), ("", "#publisher")}
    derived: set[tuple[str, str]] = set()
    influenced: set[tuple[str, str]] = set()
    for flow in make_flows():
        target = vocab.source_iri(IRI, flow.target).removeprefix(IRI)
        pair = (target, f"#source-{flow.source}")
        plain = (flow.source in agents) == (flow.kind is FlowKind.REPORTED_BY)
        # decision 10: no article is its speakers' work, and nothing derives from a channel
        if flow.target in {*agents, ARTICLE} or flow.source in channels or not plain:
            influenced.add(pair)
        else:
            (attributed if flow.source in agents else derived).add(pair)
    claims = {("#claim-1", "gazette"), ("#claim-2", "brandt"), ("#claim-3", "engineers")}
    attributed |= {(claim, f"#source-{id}") for claim, id in claims}
    assert ends(prov.model.ProvAttribution) == attributed
    assert ends(prov.model.ProvDerivation) == derived
    assert ends(prov.model.ProvInfluence) == influenced
    assert len(attributed) == 8
    assert len(derived) == 1
    assert len(influenced) == 9
    assert len(list(bundle.get_records(prov.model.ProvActivity))) == 5  # 4 events and the run
    # 8 sources, publisher, 2 authors, the software; 4 things, 3 claims, article, graph
    assert len(list(bundle.get_records(prov.model.ProvAgent))) == 12
    assert len(list(bundle.get_records(prov.model.ProvEntity))) == 9


def test_turtle_alone_says_as_much_as_a_data_set() -> None:
    turtle, trig = (write_graphs([make_graph()], format) for format in ("turtle", "trig"))
    assert ox_strings(turtle, "turtle") == ox_strings(trig, "trig")


def test_an_rdflib_graph_writes_and_reads_back_as_it_is() -> None:
    graph = to_rdflib(make_graph())
    again = parse_rdflib(graph.serialize(format="turtle").encode("utf-8"), "turtle")
    assert to_isomorphic(again) == to_isomorphic(graph)
    assert graph.namespace_manager.curie(vocab.term("Flow")) == "sp:Flow"


def test_lines_are_sorted_and_written_again_are_the_same() -> None:
    for format in ("nquads", "ntriples"):
        data = write_graphs([make_graph()], format)
        lines = data.splitlines(keepends=True)
        assert lines == sorted(set(lines))


def test_turtle_is_grouped_by_subject_with_the_article_first() -> None:
    lines = write_graphs([make_graph()], "turtle").decode("utf-8").split("\n")
    assert lines[0] == f"@prefix : <{IRI}#> ."
    prefixes = [line for line in lines if line.startswith("@prefix ")]
    assert prefixes == sorted(prefixes)
    assert len(prefixes) == len(vocab.PREFIXES) + 1
    subjects = [line.split(" ", 1)[0] for line in lines if line and line[0] not in "\t@"]
    assert subjects[0] == f"<{IRI}>"
    assert len(subjects) == len(set(subjects))
    kinds = [s.removeprefix(":").partition("-")[0] for s in subjects]
    order = [k for i, k in enumerate(kinds) if k in kinds[i:] and k not in kinds[:i]]
    wanted = ["source", "flow", "dispute", "claim", "event", "attribution"]
    assert [kind for kind in order if kind in wanted] == wanted


def test_the_same_bytes_from_every_process() -> None:
    script = (
        "import hashlib; from provenance.rdf import FORMATS, write_graphs;"
        "from tests.helpers.factories import make_graph;"
        "print([hashlib.sha256(write_graphs([make_graph()], f.name)).hexdigest() for f in FORMATS])"
    )
    here = [hashlib.sha256(write_graphs([make_graph()], f.name)).hexdigest() for f in FORMATS]
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == str(here)


def test_no_more_triples_than_are_needed() -> None:
    graph = make_graph()
    without = to_rdflib(make_graph(attributions=()))
    spans = vocab.PREFIXES["oa"] + "SpecificResource"

    def count_spans(graph: rdflib.Graph) -> int:
        return len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(spans))))

    whole = to_rdflib(graph)
    of_spans = 11 * (count_spans(whole) - count_spans(without))
    assert len(whole) - len(without) - of_spans < 25 * len(graph.attributions)


def test_rdflib_is_not_imported_for_reading_and_writing() -> None:
    script = (
        "import sys; from provenance.rdf import read_graphs, write_graphs;"
        "from tests.helpers.factories import make_graph;"
        "[read_graphs(write_graphs([make_graph()], f)) for f in ('ttl', 'nq', 'jsonld', 'rdf')];"
        "print({'rdflib', 'pyshacl', 'networkx', 'spacy'} & set(sys.modules))"
    )
    root = ROOT
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_rdflib_says_nothing_about_our_names(caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        to_rdflib(make_graph()).serialize(format="nt")
    assert caplog.records == []
