"""How an article came to be and who worked on its graph, in PROV: to triples and back.

Its capture by a web archive, the entries of a live blog, those who read it besides prov, what
decided about each part, and corrections: each attributed to its curator, the graph a revision.
"""

from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from provenance import vocab
from provenance.corrections.loglines import parse_line, to_line
from provenance.errors import RecordError
from provenance.model import (
    Applied,
    Article,
    Basis,
    Capture,
    Credibility,
    Decision,
    Dispute,
    Entry,
    Facet,
    Flow,
    Reader,
    ReaderKind,
    Reliability,
    Run,
    Source,
    SourceGraph,
)
from provenance.rdf.lookup import Index
from provenance.rdf.sheet import Sheet, concept, decimal, iri, moment


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


def write_entries(sheet: Sheet, article: Article) -> None:
    """Write each entry of *article*, with its time, its authors and where it stands."""
    if article.entries:
        sheet.add(sheet.article, "rdf:type", iri("schema:LiveBlogPosting"))
    for position, entry in enumerate(article.entries, start=1):
        node = NamedNode(f"{sheet.name}#entry-{position}")
        sheet.add(sheet.article, "schema:liveBlogUpdate", node)
        sheet.add(node, "rdf:type", iri("schema:BlogPosting"), iri("prov:Entity"))
        sheet.add(node, "sp:position", Literal(position))
        sheet.add(node, "sp:span", sheet.place(entry.span))
        if entry.headline is not None:
            sheet.add(node, "sp:headlineSpan", sheet.span(entry.headline))
        if entry.published:
            sheet.add(node, "schema:datePublished", moment(entry.published))
        for place, name in enumerate(entry.authors, start=1):
            author = NamedNode(f"{sheet.name}#entry-{position}-author-{place}")
            sheet.add(node, "schema:author", author)
            sheet.add(node, "prov:wasAttributedTo", author)
            sheet.add(author, "rdf:type", iri("prov:Agent"))
            sheet.add(author, "schema:name", Literal(name))
            sheet.add(author, "sp:position", Literal(place))


def read_entries(index: Index) -> tuple[Entry, ...]:
    """Return the entries of the article, in order."""
    nodes = index.values(index.article, "schema:liveBlogUpdate")
    ordered = sorted(nodes, key=lambda node: index.number(node, "sp:position", int))
    return tuple(_entry(index, node) for node in ordered)


def _entry(index: Index, node: str) -> Entry:
    headlines = index.spans(node, "sp:headlineSpan")
    authors = [
        (index.number(author, "sp:position", int), index.one(author, "schema:name"))
        for author in index.values(node, "schema:author")
    ]
    return Entry(
        span=index.span(index.one(node, "sp:span")),
        headline=headlines[0] if headlines else None,
        authors=tuple(name for _, name in sorted(authors)),
        published=index.text(node, "schema:datePublished"),
    )


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


def write_decision(sheet: Sheet, node: NamedNode, decision: Decision | None) -> None:
    """Write what decided that there is the hop or dispute at *node*."""
    if decision is not None:
        _write_decided(sheet, node, decision)


def write_decisions(sheet: Sheet, node: NamedNode, source: Source) -> None:
    """Write what decided about a source, each as a node of its own."""
    for one in source.decisions:
        decision = sheet.node("decision", source.id, *(getattr(one, s) for s in one.__slots__))
        sheet.add(node, "sp:decision", decision)
        sheet.add(decision, "rdf:type", iri("sp:Decision"))
        sheet.add(decision, "sp:facet", concept(one.facet))
        _write_decided(sheet, decision, one)
        if one.score < 1:
            sheet.add(decision, "sp:score", decimal(one.score))
        sheet.add_spans(decision, "sp:mentionSpan", one.spans)


def _write_decided(sheet: Sheet, node: NamedNode, one: Decision) -> None:
    sheet.add(node, "sp:decidedBy", concept(one.by))
    sheet.add_text(node, "sp:rule", one.rule)
    sheet.add_text(node, "sp:second", one.second)
    if one.second_score:
        sheet.add(node, "sp:secondScore", decimal(one.second_score))


def read_decision(index: Index, node: str, facet: Facet) -> Decision | None:
    """Return what decided about the *facet* of what is at *node*, None where nothing says so."""
    if not index.has(node, "sp:decidedBy"):
        return None
    second = index.number(node, "sp:secondScore", float) if index.has(node, "sp:secondScore") else 0
    return Decision(
        facet=facet,
        by=index.member(node, "sp:decidedBy", Basis),
        rule=index.text(node, "sp:rule"),
        second=index.text(node, "sp:second"),
        second_score=float(second),
    )


def read_decisions(index: Index, node: str) -> tuple[Decision, ...]:
    """Return what decided about the source at *node*, sorted."""
    found = []
    for decision in index.values(node, "sp:decision"):
        read = read_decision(index, decision, index.member(decision, "sp:facet", Facet))
        if read is None:
            raise index.fail(decision, "does not say what decided (sp:decidedBy)")
        spans = index.spans(decision, "sp:mentionSpan")
        found.append(replace(read, score=index.score(decision), spans=spans))
    return tuple(sorted(found))


def write_corrections(sheet: Sheet, graph: SourceGraph) -> None:
    """Write what people changed; the graph is then a revision of what the machine made."""
    if not graph.corrections:
        return
    whole = NamedNode(vocab.graph_iri(sheet.name))
    machine = NamedNode(f"{sheet.name}#machine")
    sheet.add(machine, "rdf:type", iri("prov:Entity"))
    sheet.add(machine, "prov:wasGeneratedBy", NamedNode(f"{sheet.name}#run"))
    sheet.add(whole, "prov:wasRevisionOf", machine)
    claims = {claim.id for claim in graph.claims}
    for place, applied in enumerate(graph.corrections, start=1):
        _write_correction(sheet, applied, place, claims)
        sheet.add(whole, "prov:wasDerivedFrom", _correction_node(sheet, applied))


def _correction_node(sheet: Sheet, applied: Applied) -> NamedNode:
    return NamedNode(vocab.named_iri(sheet.name, "correction", applied.correction.id))


def _write_correction(sheet: Sheet, applied: Applied, place: int, claims: set[str]) -> None:
    node, one = _correction_node(sheet, applied), applied.correction
    curator = sheet.node("curator", one.who)
    sheet.add(node, "rdf:type", iri("sp:Correction"), iri("prov:Entity"))
    sheet.add(node, "dcterms:identifier", Literal(one.id))
    sheet.add(node, "prov:wasAttributedTo", curator)
    sheet.add(node, "prov:generatedAtTime", moment(one.when))
    sheet.add(node, "sp:action", Literal(one.action.value))
    sheet.add_text(node, "schema:description", one.why)
    sheet.add(node, "sp:logLine", Literal(to_line(one)))
    sheet.add(node, "sp:position", Literal(place))
    if one.grade:
        scale = Reliability if one.grade in set(Reliability) else Credibility
        sheet.add(node, "sp:grade", concept(scale(one.grade)))
    sheet.add_all(
        node, "sp:about", applied.about, lambda i: (sheet.claim if i in claims else sheet.source)(i)
    )
    sheet.add(curator, "rdf:type", iri("prov:Agent"), iri("prov:Person"))
    sheet.add(curator, "schema:name", Literal(one.who))


def read_corrections(index: Index) -> tuple[Applied, ...]:
    """Return the corrections that *index* has, in their order.

    Raises:
        RecordError: The line of one cannot be read.
    """
    nodes = index.nodes("sp:Correction")
    nodes = sorted(nodes, key=lambda node: index.number(node, "sp:position", int))
    return tuple(_applied(index, node) for node in nodes)


def _applied(index: Index, node: str) -> Applied:
    try:
        correction = parse_line(index.one(node, "sp:logLine"))
    except RecordError as error:
        raise index.fail(node, f"has a line that is no correction: {error}") from error
    ids = [index.id(node, name, _kind(index, name)) for name in index.values(node, "sp:about")]
    return Applied(correction=correction, about=index.ordered(node, "sp:about", ids))


def _kind(index: Index, name: str) -> str:
    return "claim" if name.startswith(f"{index.article}#claim-") else "source"
