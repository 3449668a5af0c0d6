"""The ontology is OWL 2 DL by the OWL API, and consistent, alone and with a graph, by HermiT."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from provenance import vocab
from provenance.rdf import write_graphs
from tests.helpers.factories import make_graph
from tests.helpers.places import ROOT

CHECKER = ROOT / "tests" / "helpers" / "OwlCheck.java"
PREFIXES = "".join(f"@prefix {p}: <{n}> .\n" for p, n in vocab.PREFIXES.items())
OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
RDFS = f"@prefix rdfs: <{vocab.RDFS}> .\n"


def told(folder: Path, *more: str) -> list[str]:
    """Return what the checker says of our ontology with some Turtle *more*."""
    java, found = shutil.which("java"), importlib.util.find_spec("owlready2")
    if java is None or shutil.which("javac") is None:
        pytest.skip("there is no Java that compiles")
    if found is None or not found.submodule_search_locations:
        pytest.skip("owlready2, which brings HermiT along, is not installed")
    jar = Path(found.submodule_search_locations[0]) / "hermit" / "HermiT.jar"
    path = folder / "ontology.ttl"
    ours = vocab.ontology("provenance.ttl").decode("utf-8")
    path.write_text("\n".join([ours, PREFIXES, OWL, RDFS, *more]), encoding="utf-8")
    command = [java, "-cp", str(jar), str(CHECKER), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_ontology_is_owl_2_dl_and_every_class_can_have_members(tmp_path: Path) -> None:
    axioms, *rest = told(tmp_path)
    assert int(axioms.removeprefix("axioms ")) > 900
    assert rest == ["consistent true"]


def test_a_graph_does_not_contradict_it(tmp_path: Path) -> None:
    # HermiT has the datatypes of OWL 2, and days, months and years are none of them.
    lines = write_graphs([make_graph()], "ntriples").decode("utf-8").splitlines()
    kept = [line for line in lines if not re.search(r"#(date|gYear|gYearMonth)> \.$", line)]
    assert 0 < len(lines) - len(kept) < 10
    assert "consistent true" in told(tmp_path, *kept)


@pytest.mark.parametrize(
    "turtle",
    [
        "<urn:x> a sp:Person , sp:Document .",
        "<urn:x> a sp:Flow , sp:Dispute .",
        "<urn:x> a prov:Entity , prov:Activity .",
    ],
)
def test_a_contradiction_is_seen(turtle: str, tmp_path: Path) -> None:
    assert "consistent false" in told(tmp_path, turtle)


def test_a_class_that_nothing_can_be_in_is_seen(tmp_path: Path) -> None:
    found = told(tmp_path, "sp:Reuse rdfs:subClassOf sp:Flow .")
    assert found[-1] == f"unsatisfiable {vocab.term('Reuse')}"


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("sp:Flow rdfs:subClassOf <urn:Undeclared> .", "undeclared class"),
        ("sp:depth a owl:ObjectProperty .", "cannot pun"),
    ],
)
def test_what_is_not_owl_2_dl_is_seen(turtle: str, words: str, tmp_path: Path) -> None:
    found = [line for line in told(tmp_path, turtle) if line.startswith("violation ")]
    assert any(words.lower() in line.lower() for line in found), found
