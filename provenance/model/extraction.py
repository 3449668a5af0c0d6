"""What an extractor finds in an article: mentions, attributions and custody events."""

from dataclasses import dataclass

from provenance.model.article import Span, Spans
from provenance.model.kinds import (
    Certainty,
    EventKind,
    EventRole,
    MentionKind,
    SourceType,
    SpeechKind,
    Stance,
)


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
        trigger: The words for it: "was apparently obtained", "leak".
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
        silent: Mentions of whoever says nothing there: he declines, or acts in another's tale.
        encoding: Of the text, where a network read it.
        by: The extractor's name.
        weights: SHA-256 of the tagger's weights in hex, or "".
    """

    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[CustodyEvent, ...] = ()
    referents: tuple[Referent, ...] = ()
    silent: Spans = ()
    encoding: Encoding | None = None
    by: str = ""
    weights: str = ""
