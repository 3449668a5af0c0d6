"""What must not occur in a graph, as patterns of SPARQL: PROV's constraints, and our own rules."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance import rdf, vocab
from provenance.conformance.findings import Finding, Rule
from provenance.conformance.times import time_rules

if TYPE_CHECKING:
    from pyoxigraph import Store


_TYPING = (
    ("prov:wasAttributedTo", "prov:Entity", "prov:Agent"),
    ("prov:wasDerivedFrom", "prov:Entity", "prov:Entity"),
    ("prov:wasQuotedFrom", "prov:Entity", "prov:Entity"),
    ("prov:hadPrimarySource", "prov:Entity", "prov:Entity"),
    ("prov:wasRevisionOf", "prov:Entity", "prov:Entity"),
    ("prov:wasGeneratedBy", "prov:Entity", "prov:Activity"),
    ("prov:generated", "prov:Activity", "prov:Entity"),
    ("prov:used", "prov:Activity", "prov:Entity"),
    ("prov:wasInformedBy", "prov:Activity", "prov:Activity"),
    ("prov:wasAssociatedWith", "prov:Activity", "prov:Agent"),
    ("prov:actedOnBehalfOf", "prov:Agent", "prov:Agent"),
    ("prov:wasInvalidatedBy", "prov:Entity", "prov:Activity"),
    ("prov:invalidated", "prov:Activity", "prov:Entity"),
    ("prov:wasStartedBy", "prov:Activity", "prov:Entity"),
    ("prov:wasEndedBy", "prov:Activity", "prov:Entity"),
    ("prov:specializationOf", "prov:Entity", "prov:Entity"),
    ("prov:alternateOf", "prov:Entity", "prov:Entity"),
    ("prov:hadMember", "prov:Entity", "prov:Entity"),
    ("prov:agent", "prov:AgentInfluence", "prov:Agent"),
    ("prov:entity", "prov:EntityInfluence", "prov:Entity"),
)
_DISJOINT = (
    ("prov:Entity", "prov:Activity", "entity-activity-disjoint (55)"),
    ("prov:Entity", "prov:Agent", "entity-agent-disjoint (ours)"),
    ("prov:Agent", "prov:Activity", "agent-activity-disjoint (ours)"),
)
_QUALIFIED = (
    ("prov:qualifiedAttribution", "prov:agent", "prov:wasAttributedTo"),
    ("prov:qualifiedDerivation", "prov:entity", "prov:wasDerivedFrom"),
    ("prov:qualifiedInfluence", "prov:influencer", "prov:wasInfluencedBy"),
    ("prov:qualifiedQuotation", "prov:entity", "prov:wasQuotedFrom"),
    ("prov:qualifiedRevision", "prov:entity", "prov:wasRevisionOf"),
    ("prov:qualifiedPrimarySource", "prov:entity", "prov:hadPrimarySource"),
)
_DERIVED = "prov:wasDerivedFrom|prov:wasQuotedFrom|prov:wasRevisionOf|prov:hadPrimarySource"
_HOP = "?f a sp:Flow ; sp:source ?o ; sp:target ?node"
_KINDS = ("Attribution", "Derivation", "Quotation", "Revision", "PrimarySource", "Influence")
_SHORT_FLOWS = ("hadFrom", "reportedBy", "derivedFrom", "toldBy", "drewOn", "takenFrom")
_SHORT_DISPUTES = (("disputedBy", "denies"), ("doubtedBy", "doubts"), ("confirmedBy", "confirms"))


def _is(variable: str, name: str) -> str:
    return f"{{ {variable} rdf:type/rdfs:subClassOf* {name} }}"


def _prov_rules() -> Iterator[Rule]:
    """Yield what PROV-CONSTRAINTS and the qualified forms of PROV-O ask."""
    for name, domain, range in _TYPING:
        yield Rule(
            "typing (50)",
            f"{name} must go from a {domain} to a {range}; it goes to <{{}}>",
            f"?node {name} ?o FILTER(NOT EXISTS {_is('?node', domain)}"
            f" || NOT EXISTS {_is('?o', range)})",
        )
    for one, other, number in _DISJOINT:
        where = f"{_is('?node', one)} {_is('?node', other)}"
        yield Rule(number, f"nothing can be a {one} and a {other} at once", where)
    for qualified, influencer, short in _QUALIFIED:
        where = (
            f"?node {qualified} ?o FILTER NOT EXISTS {{ ?o {influencer} ?x . ?node {short} ?x }}"
        )
        message = f"{qualified} leads to <{{}}>, whose {influencer} is not that of any {short}"
        yield Rule("qualified form", message, where)
    yield Rule(
        "derivation-generation-generation-ordering (42)",
        "it is derived from itself by way of others; one of them must be a later version",
        f"?node ({_DERIVED})+ ?node",
    )
    yield from _impossible()
    yield from time_rules()


def _impossible() -> Iterator[Rule]:
    """Yield what PROV-CONSTRAINTS calls keys and impossibilities, as far as it can occur."""
    any_kind = "|".join(f"prov:qualified{kind}" for kind in _KINDS)
    yield Rule(
        "key-properties (23)",
        "it is the qualified form of two statements: of <{}> as well",
        f"?x ({any_kind}) ?node . ?o ({any_kind}) ?node FILTER(STR(?x) < STR(?o))",
    )
    yield Rule(
        "impossible-unspecified-derivation-generation-use (51)",
        "it names a use or a generation, but not the activity (prov:hadActivity)",
        "?x prov:qualifiedDerivation ?node . ?node prov:hadUsage|prov:hadGeneration ?y"
        " FILTER NOT EXISTS { ?node prov:hadActivity ?a }",
    )
    yield Rule(
        "impossible-specialization-reflexive (52)",
        "it is a specialization of itself",
        "?node prov:specializationOf+ ?node",
    )
    yield Rule(
        "impossible-property-overlap (53)",
        "one node cannot stand for an attribution and for a derivation",
        "?x prov:qualifiedAttribution ?node . ?y prov:qualifiedDerivation ?node",
    )
    for kind in ("prov:Entity", "prov:Activity", "prov:Agent"):
        yield Rule(
            "impossible-object-property-overlap (54)",
            f"a statement in qualified form cannot be a {kind}",
            f"?x ({any_kind}) ?node . {_is('?node', kind)}",
        )
    yield Rule(
        "membership-empty-collection (56)",
        "an empty collection has no member: <{}>",
        "?node a prov:EmptyCollection ; prov:hadMember ?o",
    )


def _own_rules() -> Iterator[Rule]:
    """Yield what our short properties must rest on, and what denial must not entail."""
    for short in _SHORT_FLOWS:
        where = f"?node sp:{short} ?o FILTER NOT EXISTS {{ {_HOP} }}"
        yield Rule("flow", f"sp:{short} leads to <{{}}> without a sp:Flow that shows why", where)
    yield from _makers_and_places()
    for short in ("prov:wasAttributedTo", "prov:wasDerivedFrom", "prov:wasInfluencedBy"):
        shown = (
            f"{{ {_HOP} }} UNION {{ ?node prov:qualifiedQuotation"
            "|prov:qualifiedRevision|prov:qualifiedPrimarySource ?f . ?f prov:entity ?o }"
            " UNION { ?node schema:author|schema:publisher ?o }"
            " UNION { ?o a sp:ArchiveRecord ; prov:wasGeneratedBy ?f }"
        )
        where = f"?node {short} ?o {{ ?node a sp:Source }} UNION {{ ?node a sp:Article }}"
        message = f"{short} leads to <{{}}> without a sp:Flow that shows why"
        yield Rule("influence", message, f"{where} FILTER NOT EXISTS {{ {shown} }}")
    for short, stance in _SHORT_DISPUTES:
        shown = f"?d a sp:Dispute ; sp:source ?o ; sp:target ?node ; sp:stance sp:stance-{stance}"
        where = f"?node sp:{short} ?o FILTER NOT EXISTS {{ {shown} }}"
        yield Rule("dispute", f"sp:{short} leads to <{{}}> without a sp:Dispute to show it", where)
    in_prov = f'FILTER(STRSTARTS(STR(?p), "{vocab.PREFIXES["prov"]}"))'
    yield Rule(
        "dispute",
        "a dispute is no influence: <{}> must not stand between it and anything",
        f"{{ ?node a sp:Dispute ; ?p ?x }} UNION {{ ?node a sp:Dispute . ?x ?p ?node }} {in_prov}",
    )
    yield Rule(
        "denied",
        "what is denied must not be stated in PROV as well: <{}>",
        f"?node sp:certainty sp:certainty-denied {{ ?node a sp:Flow }} UNION {{ ?node a sp:Claim }}"
        f" {{ ?node ?p ?x }} UNION {{ ?x ?p ?node }} {in_prov}",
    )


def _makers_and_places() -> Iterator[Rule]:
    """Yield what an article is not the work of, and what nothing is made from."""
    yield Rule(
        "influence",
        "an article is attributed to its author and publisher alone, not to <{}>",
        "?node a sp:Article ; prov:wasAttributedTo ?o"
        " FILTER NOT EXISTS { ?node schema:author|schema:publisher ?o }",
    )
    yield Rule(
        "influence",
        "nothing is derived from the channel <{}>, or the other way round: it is a place",
        "{ ?node prov:wasDerivedFrom ?o . ?o a sp:Channel }"
        " UNION { ?node prov:wasDerivedFrom ?o . ?node a sp:Channel }",
    )


def check_patterns(store: "Store") -> Iterator[Finding]:
    """Yield each place in *store*, which holds the ontology too, where a pattern occurs."""
    for rule in (*_prov_rules(), *_own_rules()):
        for node, other in rdf.select(store, f"SELECT DISTINCT ?node ?o {{ {rule.where} }}"):
            yield Finding(f"prov: {rule.name}", node, rule.message.format(other), rule.severity)
