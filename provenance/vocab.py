"""The words of the graph as IRIs: the terms of our ontology, and how nodes are named.

Strings only; what they mean is said in ``ontology/provenance.ttl``, and a test holds the two
together. The scheme of the names is argued for in ``docs/decisions/0001-names-of-nodes.md``.
"""

import base64
import hashlib
import json
import re
from enum import StrEnum
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

from provenance.errors import RecordError
from provenance.model import (
    ARTICLE,
    Basis,
    Certainty,
    Credibility,
    Decision,
    EventKind,
    EventRole,
    Facet,
    FlowKind,
    Reliability,
    SourceType,
    Span,
    SpeechKind,
    Stance,
)

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SP = "https://w3id.org/source-provenance#"
PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sp": SP,
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

ONTOLOGY = SP.removesuffix("#")

SOURCE_CLASSES = {
    SourceType.PERSON: "Person",
    SourceType.UNNAMED: "UnnamedSource",
    SourceType.NEWS_OUTLET: "NewsOutlet",
    SourceType.ORGANIZATION: "Organization",
    SourceType.DOCUMENT: "Document",
    SourceType.INTERCEPT: "Intercept",
    SourceType.STATEMENT: "Statement",
    SourceType.CHANNEL: "Channel",
}
CLASSES = (
    "ArchiveRecord",
    "Article",
    "Attribution",
    "CanonicalSource",
    "Capture",
    "Claim",
    "ClaimMatch",
    "Correction",
    "CustodyEvent",
    "Decision",
    "Dispute",
    "Flow",
    "Gap",
    "Line",
    "Link",
    "Participation",
    "Passage",
    "Reuse",
    "Run",
    "SharedQuotation",
    "Source",
    "SourceGraph",
    "SourceMatch",
    *SOURCE_CLASSES.values(),
)
OBJECT_PROPERTIES = (
    "about",
    "basisSpan",
    "canonical",
    "bearsOn",
    "begins",
    "beginsWith",
    "beside",
    "carries",
    "certainty",
    "certaintySpan",
    "claimed",
    "confirmedBy",
    "contentSpan",
    "cueSpan",
    "decidedBy",
    "decision",
    "derivedFrom",
    "disputedBy",
    "doubtedBy",
    "drewOn",
    "eventKind",
    "evidence",
    "facet",
    "flowKind",
    "grade",
    "hadFrom",
    "headlineSpan",
    "here",
    "link",
    "lineOf",
    "match",
    "mentionSpan",
    "occursAs",
    "paragraphSpan",
    "participant",
    "passage",
    "readBy",
    "reportedBy",
    "repeats",
    "role",
    "routeSpan",
    "sameClaimAs",
    "sameSourceAs",
    "sharesQuotationWith",
    "source",
    "sourceSpan",
    "span",
    "speaker",
    "speech",
    "stance",
    "takenFrom",
    "target",
    "there",
    "through",
    "toldBy",
    "voice",
)
DATA_PROPERTIES = (
    "action",
    "archiveName",
    "builtWith",
    "date",
    "datedBy",
    "deniedBy",
    "depth",
    "extractor",
    "fileDigest",
    "fileName",
    "isBefore",
    "lean",
    "leftOut",
    "leads",
    "logLine",
    "minScore",
    "namedInText",
    "order",
    "position",
    "promptDigest",
    "quote",
    "readFrom",
    "readingDigest",
    "reason",
    "recordDigest",
    "registryDigest",
    "resolved",
    "rule",
    "score",
    "second",
    "secondScore",
    "share",
    "textDigest",
    "weightsDigest",
)
SCHEMES: dict[type[StrEnum], tuple[str, str]] = {
    Basis: ("Bases", "basis"),
    Certainty: ("Certainties", "certainty"),
    Credibility: ("Credibilities", "credibility"),
    EventKind: ("EventKinds", "event"),
    EventRole: ("EventRoles", "role"),
    Facet: ("Facets", "facet"),
    FlowKind: ("FlowKinds", "flow"),
    Reliability: ("Reliabilities", "reliability"),
    SpeechKind: ("SpeechKinds", "speech"),
    Stance: ("Stances", "stance"),
}
"""Each enumeration as a SKOS scheme: its name and how the names of its concepts begin."""
SOURCE_TYPES = "SourceTypes"
"""The scheme whose concepts are the classes of sources themselves."""

_CONCEPTS = {
    f"{prefix}-{member.value.replace('_', '-')}": member
    for scheme, (_, prefix) in SCHEMES.items()
    for member in scheme
}
TERMS = frozenset(
    {*CLASSES, *OBJECT_PROPERTIES, *DATA_PROPERTIES, *_CONCEPTS, SOURCE_TYPES}
    | {name for name, _ in SCHEMES.values()}
)
CONCEPTS = {
    **{SP + name: (SCHEMES[type(member)][0], member.value) for name, member in _CONCEPTS.items()},
    **{SP + name: (SOURCE_TYPES, type.value) for type, name in SOURCE_CLASSES.items()},
}
"""Each concept by its IRI: the name of its scheme, and its notation."""
_LABELS = {
    "unnamed": "unnamed source",
    "1": "confirmed",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""What concepts are called whose notation does not say it."""
SOURCE_TYPE_OF = {SP + name: type for type, name in SOURCE_CLASSES.items()}
RETIRED = {
    SP + "ascribedTo": "sp:source",
    SP + "by": "sp:source",
    SP + "from": "sp:source",
    SP + "to": "sp:target",
}
"""Words that graphs had before, and which stand for them now: docs/decisions/0012-ends.md."""

_TELLING = ("claim", "event")
"""What has ids that say so themselves; it is not said twice in a name."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BASE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?!//[^/]*@)(?!//[^/:\[]*:(?!\d*(?:/|$)))(?:%[0-9A-Fa-f]{2}|[^\s<>\"{}|\\^`#?%\x00-\x20\x7f])+"
)


def term(name: str) -> str:
    """Return the IRI of our term *name*; a name that the ontology lacks is a bug."""
    if name not in TERMS:
        raise KeyError(name)
    return SP + name


def concept(member: StrEnum) -> str:
    """Return the IRI of the SKOS concept for *member* of one of the enumerations."""
    return term(f"{SCHEMES[type(member)][1]}-{member.value.replace('_', '-')}")


def label(notation: str) -> str:
    """Return what people call the concept with this *notation*."""
    return _LABELS.get(notation, notation.replace("_", " "))


def member_of(iri: str) -> StrEnum:
    """Return the member that *iri* is the concept of.

    Raises:
        KeyError: It is none of our concepts.
    """
    return _CONCEPTS[iri.removeprefix(SP)]


def article_iri(digest: str, base_iri: str | None = None) -> str:
    """Return the name of the article whose bytes have this SHA-256.

    Without *base_iri* it is the RFC 6920 name ``ni:///sha-256;...``, which needs no authority;
    with it the digest in hex under that base.

    Raises:
        RecordError: *digest* is no SHA-256 in hex, or *base_iri* cannot begin an IRI.
    """
    if not _SHA256.fullmatch(digest):
        raise RecordError(f"cannot name the article {digest!r}: not a SHA-256 in hex")
    if base_iri is None:
        encoded = base64.urlsafe_b64encode(bytes.fromhex(digest)).rstrip(b"=").decode("ascii")
        return f"ni:///sha-256;{encoded}"
    if not _BASE.fullmatch(base_iri):
        shown = base_iri.rpartition("@")[2]
        raise RecordError(
            f"not a base IRI: {shown!r}: needs a scheme, no user, password, spaces, '?' or '#'"
        )
    return _slashed(base_iri) + digest


def base_iri(article: str, digest: str) -> str | None:
    """Return the base that *article* was named with, None for an RFC 6920 name.

    Raises:
        RecordError: The name is not one that `article_iri` gives to this *digest*.
    """
    base = None if article.startswith("ni:") else article.removesuffix(digest)
    if article_iri(digest, base) != article:
        raise RecordError(f"not the name of the article with SHA-256 {digest}: <{article}>")
    return base


def digest_of(article: str) -> str:
    """Return the SHA-256 in hex that *article* was named by.

    Raises:
        RecordError: `article_iri` gives no such name.
    """
    _, found, encoded = article.partition("sha-256;")
    try:
        digest = base64.urlsafe_b64decode(f"{encoded}=").hex() if found else article[-64:]
    except ValueError:
        digest = ""
    base_iri(article, digest)
    return digest


def node_iri(article: str, kind: str, *defining: object) -> str:
    """Return the name of a node of *article* that is told by its *defining* content."""
    content = json.dumps(defining, ensure_ascii=True, separators=(",", ":"), default=_plain)
    return f"{article}#{kind}-{hashlib.sha256(content.encode('ascii')).hexdigest()[:16]}"


def named_iri(article: str, kind: str, id: str) -> str:
    """Return the name of a node of *article* that has an *id* of its own, readable in it."""
    if kind in _TELLING and id.startswith(f"{kind}-"):
        id = id.removeprefix(f"{kind}-")
    # Dots too: rdflib cannot read a prefixed name in Turtle that ends with an escaped one.
    return f"{article}#{kind}-{quote(id, safe='').replace('.', '%2E')}"


def source_iri(article: str, id: str) -> str:
    """Return the name of a source, the article itself among them."""
    return article if id == ARTICLE else named_iri(article, "source", id)


def canonical_iri(key: tuple[str, str], first: str = "", base_iri: str | None = None) -> str:
    """Return the name of what stands in a store for one source of several articles.

    A UUID of version 5 (RFC 9562), which needs no authority; with *base_iri* it is under that.

    Args:
        key: Its kind, and its name or item.
        first: One of its members, where others may have the same key.
        base_iri: What the names of the articles begin with.
    """
    made = uuid5(NAMESPACE_URL, SP + json.dumps(["canonical", *key, first]))
    if base_iri is None:
        return made.urn
    return f"{_slashed(base_iri)}sources/{made}"


def _slashed(base_iri: str) -> str:
    return base_iri if base_iri.endswith(("/", ":")) else f"{base_iri}/"


def id_of(iri: str, article: str, kind: str) -> str:
    """Return the id in a name made by `named_iri` or `source_iri`.

    Raises:
        ValueError: It is no such name.
    """
    if iri == article and kind == "source":
        return ARTICLE
    start = f"{article}#{kind}-"
    if not iri.startswith(start):
        raise ValueError(f"{iri} names no {kind} of {article}")
    id = unquote(iri.removeprefix(start), errors="strict")
    return f"{kind}-{id}" if kind in _TELLING else id


def span_iri(article: str, span: Span, part: str = "char") -> str:
    """Return the name of *span*, or of one of its selectors; Turtle needs no backslash in it."""
    return f"{article}#{part}-{span.start}-{span.end}"


def graph_iri(article: str) -> str:
    """Return the name of the named graph of *article*."""
    return f"{article}#graph"


def ontology(name: str) -> bytes:
    """Return a file of the ontology: ``provenance.ttl``, ``shapes.ttl`` or ``context.jsonld``."""
    try:
        return resources.files("provenance.ontology").joinpath(name).read_bytes()
    except ModuleNotFoundError:  # a source checkout that was not installed
        return (Path(__file__).parent.parent / "ontology" / name).read_bytes()


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Decision):
        return [getattr(value, name) for name in value.__slots__]
    raise TypeError(f"cannot name a node by {value!r}")
