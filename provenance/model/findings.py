"""What follows from a graph: chains, gaps, points, and why each part is as it is."""

from dataclasses import dataclass

from provenance.model.article import Span, Spans
from provenance.model.graph import Flow, SourceGraph
from provenance.model.kinds import Basis, CargoKind, Certainty, Facet, Stance


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
        reason: In words, for people: "who leaked it is not named".
        evidence: The sentences that leave it out, or say that they do.
    """

    source: str
    upstream: bool
    reason: str
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedGraph(SourceGraph):
    """Many articles as one graph, whose gaps are those that each of them has by itself."""

    gaps: tuple[Gap, ...] = ()

    __hash__ = SourceGraph.__hash__


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
class Line:
    """One way by which an article has a claim, independent of its others.

    Attributes:
        through: The ids of the sources nearest to the reader.
        origins: Whom they have it from, in the end; themselves where that is nobody.
        voices: All who have it on this line, the origins and the nearest among them.
    """

    through: tuple[str, ...]
    origins: tuple[str, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Somebody who denies or doubts what is claimed.

    Attributes:
        stance: Denies, or doubts.
        sentence: Where that stands.
    """

    source: str
    stance: Stance
    sentence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one claim of an article says, or several alike.

    Attributes:
        claims: Their ids, in the order of the text; the first stands for all.
        ways: The independent lines by which the article has it.
        disputes: The numbers of the disputes that bear on it, among those of the graph.
        leads: Whether it is what the headline says, or stands for it.
        objections: Who denies or doubts it, each once.
    """

    claims: tuple[str, ...]
    text: str
    ways: tuple[Line, ...]
    disputes: tuple[int, ...] = ()
    leads: bool = False
    objections: tuple[Objection, ...] = ()

    @property
    def id(self) -> str:
        """The id of the claim that stands for all."""
        return self.claims[0]

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Of each line the sources nearest to the reader, who have it from a common origin."""
        return tuple(way.through for way in self.ways)

    def objecting(self, stance: Stance) -> tuple[str, ...]:
        """Return the ids of those who take this *stance* against it."""
        return tuple(one.source for one in self.objections if one.stance is stance)


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
        begun: What of that begins there: its source has it from nobody.
        points: The one that leads first, then in the order of the text.
        gaps: In the order of the text.
        origins: The ids of the sources that no flow leads into, in the order of the text.
    """

    cargo: tuple[tuple[Cargo, ...], ...] = ()
    begun: tuple[tuple[Cargo, ...], ...] = ()
    points: tuple[Point, ...] = ()
    gaps: tuple[Gap, ...] = ()
    origins: tuple[str, ...] = ()
