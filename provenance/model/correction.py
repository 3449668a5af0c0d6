"""What a person changes in a graph, in terms that outlast its next build."""

from dataclasses import dataclass

from provenance.model.kinds import Action


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
        source: What is merged, split, retyped, renamed or graded, where a flow begins, or
            whose words a claim is.
        target: What it is merged into, or where a flow ends.
        name: A new name.
        type: A new type, "" to keep it.
        quotes: The mentions that are split off; the evidence of a flow; the claim that is
            graded or credited.
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
