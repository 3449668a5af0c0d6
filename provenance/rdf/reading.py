"""Triples back to the records that they were written from."""

from provenance import vocab
from provenance.errors import RecordError
from provenance.model import (
    Article,
    Attribution,
    Certainty,
    Claim,
    CustodyEvent,
    Dispute,
    EventKind,
    EventRole,
    Facet,
    Flow,
    FlowKind,
    Link,
    Participant,
    Run,
    Source,
    SourceGraph,
    Span,
    SpeechKind,
    Stance,
)
from provenance.rdf.history import (
    read_capture,
    read_corrections,
    read_decision,
    read_decisions,
    read_entries,
    read_finders,
    read_readers,
    software_of,
)
from provenance.rdf.lookup import (
    Index,
    Rows,
    attribution_key,
    claim_key,
    dispute_key,
    earlier,
    event_key,
    flow_key,
    link_key,
    source_key,
    subjects_of,
)


def graphs_of(rows: Rows) -> dict[str, SourceGraph]:
    """Return the graph of each article in *rows* under the article's name, sorted by it.

    Raises:
        RecordError: There is no article, something that a record needs is missing or wrong, or it
            has the words of an earlier version.
    """
    if why := earlier(predicate for row in rows.values() for predicate in row):
        raise RecordError(why)
    articles = subjects_of(rows, "sp:Article")
    if not articles:
        raise RecordError("it holds no article (sp:Article)")
    parts: dict[str, Rows] = {article: {} for article in articles}
    for subject, row in rows.items():
        article, _, _ = subject.partition("#")
        if article in parts:
            parts[article][subject] = row
    return {article: _graph(Index(article, part)) for article, part in parts.items()}


def _graph(index: Index) -> SourceGraph:
    if index.text(vocab.graph_iri(index.article), "sp:lean") in ("true", "1"):
        why = "is lean: its evidence was left out (--lean), take the graph that has it"
        raise index.fail(index.article, why)
    return SourceGraph(
        article=_article(index),
        sources=index.records("sp:Source", lambda n: _source(index, n), source_key),
        flows=index.records("sp:Flow", lambda n: _flow(index, n), flow_key),
        disputes=index.records("sp:Dispute", lambda n: _dispute(index, n), dispute_key),
        claims=index.records("sp:Claim", lambda n: _claim(index, n), claim_key),
        attributions=index.records(
            "sp:Attribution", lambda n: _attribution(index, n), attribution_key
        ),
        events=index.records("sp:CustodyEvent", lambda n: _event(index, n), event_key),
        run=_run(index),
        corrections=read_corrections(index),
    )


def _article(index: Index) -> Article:
    node = index.article
    text = index.text(node, "schema:articleBody")
    headlines = index.spans(node, "sp:headlineSpan")
    publisher = index.text(node, "schema:publisher")
    authors = [
        (index.number(author, "sp:position", int), index.one(author, "schema:name"))
        for author in index.values(node, "schema:author")
    ]
    return Article(
        name=index.text(node, "sp:fileName"),
        text=text,
        digest=index.one(node, "sp:fileDigest"),
        text_digest=index.one(node, "sp:textDigest"),
        headline=headlines[0] if headlines else None,
        paragraphs=index.spans(node, "sp:paragraphSpan"),
        title=index.text(node, "schema:headline"),
        publisher=index.one(publisher, "schema:name") if publisher else "",
        authors=tuple(name for _, name in sorted(authors)),
        published=index.text(node, "schema:datePublished"),
        dated_by=index.text(node, "sp:datedBy"),
        url=index.text(node, "schema:url"),
        language=index.text(node, "schema:inLanguage"),
        links=index.records("sp:Link", lambda n: _link(index, n), link_key),
        entries=read_entries(index),
        capture=read_capture(index),
        part_of=_part_of(index),
        excerpts=() if text else tuple(sorted(index.excerpts())),
    )


def _part_of(index: Index) -> str:
    """Return the digest of the mail that the article came attached to, "" if to none."""
    mail = index.text(index.article, "dcterms:isPartOf")
    return vocab.digest_of(mail) if mail else ""


def _link(index: Index, node: str) -> Link:
    return Link(index.span(index.one(node, "sp:span")), index.text(node, "schema:url"))


def _run(index: Index) -> Run:
    nodes = index.nodes("sp:Run")
    if len(nodes) != 1:
        raise index.fail(index.article, f"has {len(nodes)} runs (sp:Run) where one must stand")
    (run,) = nodes
    software = software_of(index, run)
    return Run(
        version=index.text(software, "schema:softwareVersion"),
        extractor=index.text(run, "sp:extractor"),
        weights=index.text(software, "sp:weightsDigest"),
        min_score=index.number(run, "sp:minScore", float) if index.has(run, "sp:minScore") else 0.0,
        registry=index.ordered(run, "sp:registryDigest", index.values(run, "sp:registryDigest")),
        reading=index.text(run, "sp:readingDigest"),
        readers=read_readers(index, run),
        left_out=index.number(run, "sp:leftOut", int) if index.has(run, "sp:leftOut") else 0,
    )


def _source(index: Index, node: str) -> Source:
    types = [t for t in index.values(node, "rdf:type") if t in vocab.SOURCE_TYPE_OF]
    if len(types) != 1:
        raise index.fail(node, f"is of {len(types)} types of source where one must stand")
    name = index.one(node, "skos:prefLabel")
    aliases = [*index.values(node, "skos:altLabel")]
    if index.text(node, "sp:namedInText") in ("true", "1"):
        aliases.append(name)
    return Source(
        id=index.id(node, node, "source"),
        name=name,
        type=vocab.SOURCE_TYPE_OF[types[0]],
        aliases=index.ordered(node, "skos:altLabel", aliases),
        mentions=index.spans(node, "sp:mentionSpan"),
        wikidata=_wikidata(index, node),
        score=index.score(node),
        found_by=read_finders(index, node),
        decisions=read_decisions(index, node),
    )


def _wikidata(index: Index, node: str) -> str:
    start = vocab.PREFIXES["wd"]
    matches = [m for m in index.values(node, "schema:sameAs") if m.startswith(start)]
    return min(matches).removeprefix(start) if matches else ""


def _flow(index: Index, node: str) -> Flow:
    return Flow(
        source=index.source(node, "sp:source"),
        target=index.source(node, "sp:target"),
        kind=index.member(node, "sp:flowKind", FlowKind),
        evidence=_evidence(index, node),
        cues=index.spans(node, "sp:cueSpan"),
        certainty=index.member(node, "sp:certainty", Certainty),
        score=index.score(node),
        found_by=read_finders(index, node),
        denied_by=read_finders(index, node, "sp:deniedBy"),
        decision=read_decision(index, node, Facet.HOP),
    )


def _dispute(index: Index, node: str) -> Dispute:
    return Dispute(
        source=index.source(node, "sp:source"),
        target=index.source(node, "sp:target"),
        stance=index.member(node, "sp:stance", Stance),
        evidence=_evidence(index, node),
        cues=index.spans(node, "sp:cueSpan"),
        certainty=index.member(node, "sp:certainty", Certainty),
        score=index.score(node),
        found_by=read_finders(index, node),
        denied_by=read_finders(index, node, "sp:deniedBy"),
        decision=read_decision(index, node, Facet.DISPUTE),
    )


def _claim(index: Index, node: str) -> Claim:
    return Claim(
        id=index.id(node, node, "claim"),
        text=index.text(node, "schema:text"),
        content=index.spans(node, "sp:contentSpan"),
        sources=index.ids(node, "sp:source"),
        certainty=index.member(node, "sp:certainty", Certainty),
    )


def _event(index: Index, node: str) -> CustodyEvent:
    places = [p for p in index.values(node, "prov:atLocation") if index.has(p, "schema:name")]
    participants = [
        Participant(
            index.member(part, "sp:role", EventRole),
            index.span(index.one(part, "sp:span")),
            index.source(part, "sp:source") if index.has(part, "sp:source") else "",
        )
        for part in _in_order(index, node, "sp:participant")
    ]
    sentences = _evidence(index, node)
    triggers = index.spans(node, "sp:cueSpan")
    if not sentences or not triggers:
        raise index.fail(
            node, "has no evidence (sp:evidence) or no words that tell it (sp:cueSpan)"
        )
    return CustodyEvent(
        id=index.id(node, node, "event"),
        kind=index.member(node, "sp:eventKind", EventKind),
        trigger=triggers[0],
        sentence=sentences[0],
        participants=tuple(participants),
        date=index.text(node, "sp:date"),
        place=index.text(places[0], "schema:name") if places else "",
        certainty=index.member(node, "sp:certainty", Certainty),
    )


def _attribution(index: Index, node: str) -> Attribution:
    speakers, ids = _speakers(index, node)
    stance = index.text(node, "sp:stance")
    return Attribution(
        source=index.spans(node, "sp:sourceSpan"),
        cue=index.spans(node, "sp:cueSpan"),
        content=index.spans(node, "sp:contentSpan"),
        sentence=index.span(index.one(node, "oa:hasTarget")),
        speakers=speakers,
        route=index.spans(node, "sp:routeSpan"),
        basis=index.spans(node, "sp:basisSpan"),
        depth=index.number(node, "sp:depth", int),
        score=index.number(node, "sp:score", float),
        speech=index.member(node, "sp:speech", SpeechKind),
        certainty=index.member(node, "sp:certainty", Certainty),
        claimed=index.member(node, "sp:claimed", Certainty),
        stance=index.member_of(node, stance, Stance) if stance else None,
        date=index.text(node, "sp:date"),
        by=index.text(node, "sp:extractor"),
        source_ids=ids,
    )


def _speakers(index: Index, node: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    spans: list[Span] = []
    ids: list[str] = []
    for part in _in_order(index, node, "sp:speaker"):
        if index.has(part, "sp:span"):
            spans.append(index.span(index.one(part, "sp:span")))
        if index.has(part, "sp:source"):
            ids.append(index.source(part, "sp:source"))
        elif index.has(part, "sp:resolved"):
            ids.append("")
    return tuple(spans), tuple(ids)


def _in_order(index: Index, node: str, predicate: str) -> list[str]:
    parts = index.values(node, predicate)
    return sorted(parts, key=lambda part: index.number(part, "sp:position", int))


def _evidence(index: Index, node: str) -> tuple[Span, ...]:
    annotation = index.one(node, "sp:evidence")
    return index.spans(annotation, "oa:hasTarget")
