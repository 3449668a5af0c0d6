"""The kinds of source, flow, stance, event and decision: every closed set of words."""

from enum import StrEnum


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
    """How a hop of information went; its upstream end decides."""

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
    CREDIT = "credit"
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


class CargoKind(StrEnum):
    """What a flow carries, as far as the text says."""

    CLAIM = "claim"
    ARTEFACT = "artefact"
    SENTENCE = "sentence"
