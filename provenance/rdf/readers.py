"""Who read an article besides prov, in PROV: to triples and back."""

from pyoxigraph import Literal, NamedNode

from provenance.model import Dispute, Flow, Reader, ReaderKind, Run, Source
from provenance.rdf.index import Index
from provenance.rdf.sheet import Sheet
from provenance.rdf.terms import iri

_KINDS = {ReaderKind.PERSON: "prov:Person", ReaderKind.MODEL: "prov:SoftwareAgent"}


def write_readers(sheet: Sheet, activity: NamedNode, run: Run) -> None:
    """Write the reading that a run was given, who read, and how much did not hold."""
    sheet.add_text(activity, "sp:readingDigest", run.reading)
    if run.left_out:
        sheet.add(activity, "sp:leftOut", Literal(run.left_out))
    sheet.add_all(activity, "sp:readBy", run.readers, lambda one: _agent(sheet, one))
    for reader in run.readers:
        agent = _agent(sheet, reader)
        sheet.add(activity, "prov:wasAssociatedWith", agent)
        sheet.add(agent, "rdf:type", iri("prov:Agent"), iri(_KINDS[reader.kind]))
        sheet.add(agent, "schema:name", Literal(reader.name))
        sheet.add_text(agent, "schema:softwareVersion", reader.version)
        sheet.add_text(agent, "sp:promptDigest", reader.prompt)


def _agent(sheet: Sheet, one: Reader) -> NamedNode:
    return sheet.node("reader", one.kind, one.name, one.version, one.prompt)


def read_readers(index: Index, run: str) -> tuple[Reader, ...]:
    """Return who read the article besides prov."""
    person = iri(_KINDS[ReaderKind.PERSON]).value
    found = [
        Reader(
            kind=ReaderKind.PERSON
            if person in index.values(agent, "rdf:type")
            else ReaderKind.MODEL,
            name=index.one(agent, "schema:name"),
            version=index.text(agent, "schema:softwareVersion"),
            prompt=index.text(agent, "sp:promptDigest"),
        )
        for agent in index.values(run, "sp:readBy")
    ]
    return index.ordered(run, "sp:readBy", found)


def write_finders(sheet: Sheet, node: NamedNode, found: Source | Flow | Dispute) -> None:
    """Write which of several extractors found it, and which found the contrary."""
    sheet.add_all(node, "sp:extractor", found.found_by, Literal)
    if not isinstance(found, Source):
        sheet.add_all(node, "sp:deniedBy", found.denied_by, Literal)


def read_finders(index: Index, node: str, predicate: str = "sp:extractor") -> tuple[str, ...]:
    """Return which of several extractors found what is at *node*."""
    return index.ordered(node, predicate, index.values(node, predicate))


def software_of(index: Index, run: str) -> str:
    """Return the software that *run* was a run of: whoever took part and did not read."""
    readers = set(index.values(run, "sp:readBy"))
    agents = [a for a in index.values(run, "prov:wasAssociatedWith") if a not in readers]
    if len(agents) != 1:
        why = f"has {len(agents)} agents besides its readers (prov:wasAssociatedWith)"
        raise index.fail(run, f"{why} where its software alone must stand")
    return agents[0]
