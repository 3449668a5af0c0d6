"""The graph of one article: its sources, flows, disputes and claims, and the run that made it."""

from dataclasses import dataclass

from provenance.model.article import Article, Span, Spans
from provenance.model.correction import Applied
from provenance.model.extraction import Attribution, CustodyEvent, Mention
from provenance.model.kinds import Basis, Certainty, Facet, FlowKind, ReaderKind, SourceType, Stance

ARTICLE = "article"
"""The id of the article in its own graph, where every chain of custody ends."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Decision:
    """Why a part of a graph is as it is; defined in ``docs/why.md``.

    Attributes:
        by: What decided; *rule* says which rule, and of the registry which entry.
        score: How likely what was decided is; 1 where that is not known, or said beside it.
        second: What would have been second: another type, name or stance, or where else a hop
            would have led; "" where there was nothing else.
        second_score: How likely that was; 0 where it is not known.
        spans: The mentions that it is about, where it is not about all.
    """

    facet: Facet
    by: Basis
    rule: str = ""
    score: float = 1.0
    second: str = ""
    second_score: float = 0.0
    spans: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whoever or whatever information came from or through, after resolution.

    Attributes:
        id: A short readable name, unique in the graph.
        name: What to call it.
        aliases: The strings by which the article names it, pronouns left out, sorted.
        mentions: Where, pronouns included, in order.
        wikidata: Its Q number where the registry has one.
        score: How likely the article has anything from it; 1 where that is no guess.
        found_by: The extractors that found it, sorted, where there were several.
        decisions: What decided about its type and name, and what is one with it; sorted.
    """

    id: str
    name: str
    type: SourceType
    aliases: tuple[str, ...] = ()
    mentions: Spans = ()
    wikidata: str = ""
    score: float = 1.0
    found_by: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """An extraction with its mentions resolved.

    Attributes:
        sources: Those that some attribution or event refers to, sorted by id.
        attributions: With their *source_ids*.
        events: With the *source_id* of each participant.
        by_span: The source behind each resolved span (mentions, routes, bases), sorted.
        candidates: All that is mentioned, whether or not anything refers to it, sorted by id.
        mentions: Those of the extraction and those that resolution added, in order.
        placed: The candidate behind each mention's span, sorted.
    """

    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[CustodyEvent, ...] = ()
    by_span: tuple[tuple[Span, str], ...] = ()
    candidates: tuple[Source, ...] = ()
    mentions: tuple[Mention, ...] = ()
    placed: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One hop of information, from a source to the next nearer to the reader.

    Attributes:
        source, target: Ids; *target* may be ``ARTICLE``.
        evidence: The sentences that it rests on, in order; never empty.
        cues: The words for it in them.
        score: How likely a careful reader finds it too; 1 where that is no guess.
        found_by: The extractors that found it, sorted, where there were several.
        denied_by: Those that found the contrary: the hop the other way round, and not this one.
        decision: What decided that there is this hop.
    """

    source: str
    target: str
    kind: FlowKind
    evidence: Spans
    cues: Spans = ()
    certainty: Certainty = Certainty.ASSERTED
    score: float = 1.0
    found_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A source that denies, doubts or confirms another, or what it carries; never a flow.

    Attributes:
        found_by: The extractors that found it, sorted, where there were several.
        denied_by: Those that found the contrary: that it confirms, not that it denies or doubts.
        decision: What decided that there is this dispute.
    """

    source: str
    target: str
    stance: Stance
    evidence: Spans
    cues: Spans = ()
    certainty: Certainty = Certainty.ASSERTED
    score: float = 1.0
    found_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who is a source of an article and who has it from whom, chosen among the candidates.

    Attributes:
        joined: Pairs of a candidate's id and that of the source which it turned out to be.
    """

    sources: tuple[Source, ...] = ()
    flows: tuple[Flow, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a content says, as a node; never asserted as true."""

    id: str
    text: str
    content: Spans
    sources: tuple[str, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reader:
    """Who read an article: a person, or a model that was asked.

    Attributes:
        version: Of a model, as far as it is known.
        prompt: SHA-256 in hex of what a model was asked, less the article.
    """

    kind: ReaderKind
    name: str
    version: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The run of the software that made a graph.

    Attributes:
        version: Of this package.
        extractor: The name of the extractor.
        weights: SHA-256 of the tagger's weights in hex, or "" where none were used.
        min_score: Attributions that the extractor was less sure of were left out.
        registry: SHA-256 in hex of each file of known sources besides the built-in one.
        reading: SHA-256 in hex of the reading that the graph was made of, "" where none was given.
        readers: Who read the article, where that was not prov alone, sorted.
        left_out: How much of what they said was dropped because it does not hold.
    """

    version: str
    extractor: str
    weights: str = ""
    min_score: float = 0.0
    registry: tuple[str, ...] = ()
    reading: str = ""
    readers: tuple[Reader, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGraph:
    """All that is known about where one article's information comes from.

    Tuples are sorted: sources by id, flows and disputes by their ends, claims, attributions and
    events by where they stand.

    Attributes:
        corrections: What people changed since the run, in that order.
    """

    article: Article
    sources: tuple[Source, ...] = ()
    flows: tuple[Flow, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[CustodyEvent, ...] = ()
    run: Run
    corrections: tuple[Applied, ...] = ()

    def __hash__(self) -> int:
        """Return a number from the article and the sizes: what is kept by graph is asked often."""
        parts = (self.sources, self.flows, self.disputes, self.claims, self.attributions)
        return hash((self.article.digest, self.article.name, *map(len, parts)))
