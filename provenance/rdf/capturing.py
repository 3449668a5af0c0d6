"""How an article came into a web archive, in PROV: to triples and back."""

from pyoxigraph import Literal, NamedNode

from provenance.model import Capture
from provenance.rdf.index import Index
from provenance.rdf.sheet import Sheet
from provenance.rdf.terms import iri, moment


def write_capture(sheet: Sheet, capture: Capture | None) -> None:
    """Write the record that the article is derived from, and the activity that made it."""
    if capture is None:
        return
    record, activity = (NamedNode(f"{sheet.name}#{part}") for part in ("record", "capture"))
    sheet.add(sheet.article, "prov:wasDerivedFrom", record)
    sheet.add(record, "rdf:type", iri("sp:ArchiveRecord"), iri("prov:Entity"))
    sheet.add_text(record, "dcterms:identifier", capture.record)
    sheet.add_text(record, "sp:recordDigest", capture.digest)
    sheet.add_text(record, "sp:archiveName", capture.archive)
    sheet.add(record, "prov:wasGeneratedBy", activity)
    sheet.add(activity, "rdf:type", iri("sp:Capture"), iri("prov:Activity"))
    if capture.date:
        sheet.add(activity, "prov:startedAtTime", moment(capture.date))
    makers = {"crawler": capture.software, "operator": capture.operator}
    for part, name in makers.items():
        if name:
            agent = NamedNode(f"{sheet.name}#{part}")
            kinds = (iri("prov:SoftwareAgent"),) if part == "crawler" else ()
            sheet.add(activity, "prov:wasAssociatedWith", agent)
            sheet.add(agent, "rdf:type", iri("prov:Agent"), *kinds)
            sheet.add(agent, "schema:name", Literal(name))


def read_capture(index: Index) -> Capture | None:
    """Return how the article was captured, None where nothing says it."""
    records = index.nodes("sp:ArchiveRecord")
    if not records:
        return None
    record = records[0]
    activity = index.one(record, "prov:wasGeneratedBy")
    software = iri("prov:SoftwareAgent").value
    makers = {
        software in index.values(agent, "rdf:type"): index.text(agent, "schema:name")
        for agent in index.values(activity, "prov:wasAssociatedWith")
    }
    return Capture(
        date=index.text(activity, "prov:startedAtTime"),
        record=index.text(record, "dcterms:identifier"),
        digest=index.text(record, "sp:recordDigest"),
        archive=index.text(record, "sp:archiveName"),
        software=makers.get(True, ""),
        operator=makers.get(False, ""),
    )
