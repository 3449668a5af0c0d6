"""The frozen records that every stage passes to the next.

Offsets are Unicode code points into ``Article.text``, half open. Tuples, never lists: records hash,
compare, pickle and are the same whichever process made them.
"""

from dataclasses import dataclass
from enum import StrEnum

ARTICLE = "article"
"""The id of the article in its own graph, where every chain of custody ends."""


class SourceType(StrEnum):
    """What a source is; the first four are agents, the rest are things."""

    PERSON = "person"
    UNNAMED = "unnamed"
    NEWS_OUTLET = "news_outlet"
    ORGANIZATION = "organization"
    DOCUMENT = "document"
    INTERCEPT = "intercept"
    STATEMENT = "statement"
    CHANNEL = "channel"

    @property
    def is_agent(self) -> bool:
        """Whether the source can say something itself."""
        return self in AGENTS

    @property
    def is_artefact(self) -> bool:
        """Whether the source is a thing with a chain of custody of its own."""
        return self in ARTEFACTS


AGENTS = frozenset(
    {SourceType.PERSON, SourceType.UNNAMED, SourceType.NEWS_OUTLET, SourceType.ORGANIZATION}
)
ARTEFACTS = frozenset({SourceType.DOCUMENT, SourceType.INTERCEPT, SourceType.STATEMENT})


class FlowKind(StrEnum):
    """How a hop of information went; told by its upstream end."""

    REPORTED_BY = "reported_by"
    DERIVED_FROM = "derived_from"


class Stance(StrEnum):
    """What one source does to another, or to what it carries."""

    DENIES = "denies"
    DOUBTS = "doubts"
    CONFIRMS = "confirms"


class Certainty(StrEnum):
    """How the text commits itself, strongest first; a chain is as strong as its weakest hop."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    SPECULATIVE = "speculative"
    DENIED = "denied"

    @property
    def rank(self) -> int:
        """Position from strongest (0) to weakest."""
        return list(Certainty).index(self)


class SpeechKind(StrEnum):
    """How content stands in the text."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class MentionKind(StrEnum):
    """How a text refers to a source."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class EventKind(StrEnum):
    """What happened to an artefact."""

    CREATION = "creation"
    INTERCEPTION = "interception"
    THEFT = "theft"
    LEAK = "leak"
    POSTING = "posting"
    PUBLICATION = "publication"
    OBTAINING = "obtaining"
    TRANSFER = "transfer"
    DISCOVERY = "discovery"
    FIRST_REPORT = "first_report"
    INTERVIEW = "interview"
    REPUBLICATION = "republication"
    AUTHENTICATION = "authentication"
    DENIAL = "denial"


class EventRole(StrEnum):
    """What a source was to a custody event."""

    AGENT = "agent"
    ARTEFACT = "artefact"
    ORIGIN = "origin"
    CHANNEL = "channel"
    RECIPIENT = "recipient"


class Action(StrEnum):
    """What a person changes in a graph that the machine made."""

    MERGE = "merge"
    SPLIT = "split"
    RETYPE = "retype"
    RENAME = "rename"
    REJECT = "reject"
    CONFIRM = "confirm"
    ADD = "add"
    GRADE = "grade"
    UNDO = "undo"


class Basis(StrEnum):
    """What decided about a part of a graph."""

    FORM = "form"
    RULE = "rule"
    NETWORK = "network"
    BOTH = "both"
    REGISTRY = "registry"
    READING = "reading"
    CURATOR = "curator"


class Facet(StrEnum):
    """What of a graph was decided."""

    HOP = "hop"
    DISPUTE = "dispute"
    TYPE = "type"
    NAME = "name"
    SAME = "same"
    CERTAINTY = "certainty"
    GAP = "gap"


class ReaderKind(StrEnum):
    """Who reads an article instead of prov."""

    PERSON = "person"
    MODEL = "model"


class Reliability(StrEnum):
    """How far a source has shown itself to be reliable: the letter of the Admiralty code."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """How far a claim agrees with what else is known: the number of the Admiralty code."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, order=True)
class Excerpt:
    """A span with its words and what stands around them (Web Annotation's text quote)."""

    span: Span
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink in an article's body."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Words of somebody whom the form of a page names, and no sentence.

    Attributes:
        content: The words: a signed quotation, a turn of a transcript, a letter, a post.
        cue: What shows whose they are: a dash, a colon, the question before an answer.
        speaker: Where the form names them; None for the one who is interviewed.
        is_asking: Whether they are a question of the interviewer, and nobody's statement.
        post: What calls a post one ("post on Twitter").
        channel: Where it was put.
        date: The day of a post, as ISO 8601, or "".
    """

    content: Spans
    cue: Span
    speaker: Span | None = None
    is_asking: bool = False
    post: Span | None = None
    channel: Span | None = None
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One of the entries of a live blog.

    Attributes:
        span: From its first paragraph to its last.
        headline: Where its own title stands, if it has one.
        authors, published: Who wrote it and when, in ISO 8601, empty where the page does not say.
    """

    span: Span
    headline: Span | None = None
    authors: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """How a page came into a web archive, each "" where the archive does not say it.

    Attributes:
        date: When it was fetched, in ISO 8601 (WARC-Date).
        record: The name of its record there (WARC-Record-ID).
        digest: That of what was sent, with its algorithm, as the archive has it.
        archive: The file's name.
        software, operator: What fetched it, and who had it fetched.
    """

    date: str = ""
    record: str = ""
    digest: str = ""
    archive: str = ""
    software: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text that was read, a version of a news item.

    Attributes:
        name: The file's name, for people; "stdin" where there is none.
        text: The whole text. For a UTF-8 file with Unix line ends the file's own, unchanged.
        digest: SHA-256 of the bytes that were read, in hex; with it the article is named.
        text_digest: SHA-256 of *text* in UTF-8, in hex.
        headline: Where the title stands in *text*, if it does.
        paragraphs: The body in reading order; site furniture is left out. Only the headline and
            these may yield attributions.
        title, publisher, authors, published, url, language: What the file says, empty where it
            does not; *published* as ISO 8601 (a day, or a time with its zone).
        dated_by: What says when it was published, where the text does not: "file name", or
            "option" where whoever built the graph gave it.
        links: Hyperlinks in the body.
        entries: Of a live blog, in the order of the page.
        capture: How it came into the web archive that it was read from, None if from none.
        excerpts: Quotes by span, sorted, kept where the text itself was withheld ("" in *text*).
        lacks: What of it is not here, for people; not kept in graphs.
        voices: Whom its form says to speak where; for extraction, and not kept in graphs.
    """

    name: str
    text: str
    digest: str
    text_digest: str
    headline: Span | None = None
    paragraphs: Spans = ()
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    language: str = ""
    dated_by: str = ""
    links: tuple[Link, ...] = ()
    entries: tuple[Entry, ...] = ()
    capture: Capture | None = None
    lacks: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    voices: tuple[Voice, ...] = ()

    def published_at(self, span: Span) -> str:
        """Return when what stands at *span* was published: its entry's time, if it is in one."""
        own = (one.published for one in self.entries if span in one.span and one.published)
        return next(own, self.published)

    def excerpt(self, span: Span) -> Excerpt:
        """Return the words at *span* with 32 code points either side.

        Raises:
            KeyError: The text was withheld and nothing was kept for *span*.
        """
        if self.text:
            before, after = max(0, span.start - 32), span.end + 32
            return Excerpt(
                span,
                self.text[span.start : span.end],
                self.text[before : span.start],
                self.text[span.end : after],
            )
        for kept in self.excerpts:
            if kept.span == span:
                return kept
        raise KeyError(span)

    def quote(self, span: Span) -> str:
        """Return the words at *span*."""
        return self.excerpt(span).exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article that has not been read yet.

    Attributes:
        location: Where it is, for people and for telling that it was replaced: a path, an address,
            or those with a place inside ("dump.jsonl#12").
        name: What to call it; its suffix tells how it is read.
        data: Its bytes.
        fields: What is known of it besides, by name of `Article`'s attribute, and how it was
            captured and sent.
    """

    location: str
    name: str
    data: bytes
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An article that could not be used, and why, in one line."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What of an archive was passed over as no article: how many records for each reason."""

    location: str
    counts: tuple[tuple[str, int], ...]

    @property
    def reason(self) -> str:
        """All of them in one line, the most frequent first."""
        ranked = sorted(self.counts, key=lambda one: (-one[1], one[0]))
        total = sum(count for _, count in ranked)
        parts = [f"{why}: {count:,}" for why, count in ranked[:12]]
        if rest := sum(count for _, count in ranked[12:]):
            parts.append(f"others: {rest:,}")
        records = "1 record" if total == 1 else f"{total:,} records"
        return f"{self.location}: {records} passed over ({', '.join(parts)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name, description or pronoun in the text, before resolution.

    Attributes:
        span: The whole phrase less a leading article: "CIA Director William J. Burns".
        head: The part that names: "William J. Burns"; of a description its head noun.
        kind: Name, description or pronoun.
        type: What the phrase itself says the source is, None where it does not say.
        called: Whether a noun beside a name says so: "the newspaper X", "B, his sister".
        place: Whether the name is a place's, or of those who come from it.
        plural: Whether it speaks of several.
        definite: Whether it points back ("the officials", "his", a name) or brings in news.
        appositions: Other names for the same thing that stand beside it.
        sentence: The sentence that it stands in.
        role: What it is to its clause: "subject", "object", "possessive", "oblique" or "".
        clause: The code point where the verb of its clause stands, -1 outside of one.
    """

    span: Span
    head: Span
    kind: MentionKind
    sentence: Span
    role: str = ""
    clause: int = -1
    type: SourceType | None = None
    called: bool = False
    place: bool = False
    plural: bool = False
    definite: bool = False
    appositions: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """How well a pronoun goes together with somebody mentioned near it, as a network judges.

    Attributes:
        pronoun: Where the pronoun stands.
        head: The head of the mention.
        score: A log-odds, to be compared with the others of the same pronoun.
    """

    pronoun: Span
    head: Span
    score: float


_GUESSING = {"tagger", "syntax"}
"""Extractors whose attributions are guesses; others say what is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One statement in an article: a source, a cue and the content ascribed to it.

    Attributes:
        source: Who is credited, as PolNeAR marks it; empty where the article leaves it unsaid.
        cue: The words that attribute.
        content: What is ascribed; several spans where the quotation is broken.
        speakers: The mentions within *source*, one for each conjunct.
        route: Go-betweens in order from the source to the reader: the occasion, the channel, the
            outlet that was told ("said in *an interview* with *CBS*").
        basis: What the source cites for it ("citing *the leaked document*").
        against: What its stance is towards, the likeliest first ("disputed *the memo*").
        pointing: What may only point back there ("denied *it*", "the *claim*"). Disputes are made
            of these two, and the graph of an article does not keep them.
        sentence: The evidence: the sentence, or sentences, that all of this stands in.
        depth: 0 in the article's own voice, 1 within a content, and so on.
        score: Between 0 and 1.
        certainty: How the text commits itself to the source having said it.
        claimed: How what was said stands after that: reported at the best, denied by "denied that".
        date: When it was said, in ISO 8601 as precisely as the text says, or "".
        by: The extractor's name.
        source_ids: The sources that *speakers* were resolved to, in the same order.
    """

    source: Spans
    cue: Spans
    content: Spans
    sentence: Span
    speakers: Spans = ()
    route: Spans = ()
    basis: Spans = ()
    against: Spans = ()
    pointing: Span | None = None
    depth: int = 0
    score: float = 1.0
    speech: SpeechKind = SpeechKind.INDIRECT
    certainty: Certainty = Certainty.ASSERTED
    claimed: Certainty = Certainty.REPORTED
    stance: Stance | None = None
    date: str = ""
    by: str = ""
    source_ids: tuple[str, ...] = ()

    @property
    def is_guess(self) -> bool:
        """Whether it was guessed from words, and is not what the form of the text says."""
        return self.by in _GUESSING


@dataclass(frozen=True, slots=True, order=True)
class Participant:
    """Who or what had a role in a custody event; *source_id* is empty before resolution."""

    role: EventRole
    span: Span
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """Something that happened to an artefact.

    Attributes:
        id: Minted from kind and trigger.
        trigger: The words that tell it: "was apparently obtained", "leak".
        date: ISO 8601 at the precision that the text gives (year, month or day), or "".
        place: As the text names it, or "".
    """

    id: str
    kind: EventKind
    trigger: Span
    sentence: Span
    participants: tuple[Participant, ...] = ()
    date: str = ""
    place: str = ""
    certainty: Certainty = Certainty.ASSERTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The words of a text, and what a network keeps of each.

    Attributes:
        words: Start and end of each in code points.
        vectors: One for each word, as half-precision numbers side by side.
    """

    words: tuple[tuple[int, int], ...]
    vectors: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an extractor found in one article; spans only, nothing resolved.

    Attributes:
        mentions: Everything that may name a source, in order, whether or not it is used.
        referents: Whom its pronouns may stand for, where a network was asked.
        encoding: Of the text, where a network read it.
        by: The extractor's name.
        weights: SHA-256 of the tagger's weights in hex, or "".
    """

    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[CustodyEvent, ...] = ()
    referents: tuple[Referent, ...] = ()
    encoding: Encoding | None = None
    by: str = ""
    weights: str = ""


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
        cues: The words in them that tell it.
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
class Quote:
    """Words of an article with what stands around them, which outlast a new version of it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A source as a correction means it, whatever id it has in the next build.

    Attributes:
        name: What it was called; `ARTICLE` for the article itself.
        quote: Where it is mentioned first; None where nothing is (a source that a person added).
    """

    name: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A line of the log of corrections.

    Attributes:
        id: Minted from all the rest.
        who, when, why: The curator, a time in ISO 8601, and the reason.
        source: What is merged, split, retyped, renamed or graded, or where a flow begins.
        target: What it is merged into, or where a flow ends.
        name: A new name.
        type: A new type, "" to keep it.
        quotes: The mentions that are split off; the evidence of a flow; the claim that is graded.
        grade: A letter for a source, a number for a claim.
        undoes: The id of a correction that no longer holds.
    """

    id: str
    action: Action
    who: str
    when: str
    why: str = ""
    source: Anchor | None = None
    target: Anchor | None = None
    name: str = ""
    type: str = ""
    quotes: tuple[Quote, ...] = ()
    grade: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A correction that holds in a graph.

    Attributes:
        about: The ids of the sources or claims that it is about, as they are now.
    """

    correction: Correction
    about: tuple[str, ...] = ()


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


class CargoKind(StrEnum):
    """What a flow carries, as far as the text tells."""

    CLAIM = "claim"
    ARTEFACT = "artefact"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, order=True)
class Cargo:
    """What a flow carries.

    Attributes:
        name: The id of a claim, the first of those that say the same; of an artefact, where the
            text tells nothing of its contents or it is handed on as it is; or where a sentence
            stands that tells the flow and nothing else ("120-164").
    """

    kind: CargoKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A hop of a chain that the text leaves out.

    Attributes:
        source: The id that the gap lies beside.
        upstream: Whether it lies before that source (who had it earlier is not said), else after.
        reason: In words, for people: "who leaked it is not said".
        evidence: The sentences that leave it out, or say that they do.
    """

    source: str
    upstream: bool
    reason: str
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A path of flows from an origin to the article.

    Attributes:
        origin: The id of a source that no flow leads into.
        flows: In order, each starting where the one before ended; the last ends at ``ARTICLE``
            unless there is a gap after it.
        certainty: Of its weakest hop.
        gaps: What the text leaves out along it, in order.
        cargo: What travels along all of it, in order.
    """

    origin: str
    flows: tuple[Flow, ...]
    certainty: Certainty
    gaps: tuple[Gap, ...] = ()
    cargo: tuple[Cargo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one claim of an article says, or several alike.

    Attributes:
        claims: Their ids, in the order of the text; the first stands for all.
        lines: The independent lines by which the article has it: of each the sources nearest to
            the reader, all of whom have it from a common origin.
        disputes: The numbers of the disputes that bear on it, among those of the graph.
        leads: Whether it is what the headline says, or stands for it.
    """

    claims: tuple[str, ...]
    text: str
    lines: tuple[tuple[str, ...], ...]
    disputes: tuple[int, ...] = ()
    leads: bool = False

    @property
    def id(self) -> str:
        """The id of the claim that stands for all."""
        return self.claims[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a part of a graph is as it is.

    Attributes:
        key: Of what: "f:", "d:", "e:" or "g:" and the number of a flow, dispute, event or gap, "s:"
            and the id of a source.
        about: The ids of the sources concerned; of a hop from where to where.
        told: What was decided: a kind, stance, type, name, certainty or gap.
        by: What decided; None where that is not known.
        rule, score, second, second_score: As `Decision` has them.
        evidence: The sentences.
        words: The words in them, or the mentions.
    """

    key: str
    about: tuple[str, ...]
    facet: Facet
    told: str
    by: Basis | None
    rule: str = ""
    score: float = 1.0
    second: str = ""
    second_score: float = 0.0
    evidence: Spans = ()
    words: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What follows from a graph, counted once for all who show it.

    Attributes:
        cargo: What each flow carries, in the order of the flows.
        points: The one that leads first, then in the order of the text.
        gaps: In the order of the text.
        origins: The ids of the sources that no flow leads into, in the order of the text.
    """

    cargo: tuple[tuple[Cargo, ...], ...] = ()
    points: tuple[Point, ...] = ()
    gaps: tuple[Gap, ...] = ()
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """Text that two articles have in common word for word, outside of quotation marks.

    Attributes:
        copy, original: Digests of the articles.
        passages: Where it stands, in the copy and in the original, in the copy's order.
        share: Of the copy's words, between 0 and 1.
        reason: What tells the copy from the original: "credit", "date", or "" where nothing does.
    """

    copy: str
    original: str
    passages: tuple[tuple[Span, Span], ...]
    share: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuotation:
    """Words that two articles quote alike: one statement, heard or copied by both."""

    one: str
    other: str
    passages: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Two articles that were published under one address.

    Attributes:
        newer, older: Their digests.
        dated: Whether it is known which is the newer.
    """

    newer: str
    older: str
    dated: bool


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ClaimRef:
    """A claim of one article among those of many."""

    digest: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameClaim:
    """Two claims of different articles that say the same, as far as their words tell.

    Attributes:
        score: Between 0 and 1; 1 for the same words.
    """

    one: ClaimRef
    other: ClaimRef
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That a source of one article is one that other articles have as well.

    Attributes:
        digest: Of the article.
        source: Its id there.
        score: How sure that is, between 0 and 1.
        reason: What tells it: "item", "name", "context" or "story".
    """

    digest: str
    source: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameSource:
    """One source of several articles.

    Attributes:
        key: What its members have in common: its kind, and its name or its item in Wikidata.
        name: What most articles call it.
        type: What most take it for.
        wikidata: Its item there, "" where none is known.
        members: By article, sorted.
    """

    key: tuple[str, str]
    name: str
    type: SourceType
    wikidata: str
    members: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """On whom a claim rests that several articles may carry.

    Attributes:
        text: In the words of the first article to carry it.
        claims: All that say it, sorted.
        carriers: Digests of the articles, the first to report first.
        outlets: The names of those who published them, as far as known, sorted.
        origins: Names of the independent origins, sorted.
        unknown: How many origins are unnamed or not told.
        circular: The names in each cycle that leads back to no origin.
        pivots: Named sources through whom every account of it runs, nearest the origin first.
        copies: How many of the carriers have it by copying another.
        own_voice: Digests of the carriers that say it in no name but their own.
        through: The pivots as they are told apart from others of their name.
    """

    text: str
    claims: tuple[ClaimRef, ...]
    carriers: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    unknown: int
    circular: tuple[tuple[str, ...], ...] = ()
    pivots: tuple[str, ...] = ()
    copies: int = 0
    own_voice: tuple[str, ...] = ()
    through: tuple[tuple[str, ...], ...] = ()
