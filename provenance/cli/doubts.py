"""How sure a hop or dispute is, in print: the article's doubt, and in brackets the reader's own."""

from rich.text import Text

from provenance.cli.terminal import Names, clean, hedge
from provenance.graph import READ_AS, dispute_words, doubt
from provenance.model import Certainty, Dispute, SourceGraph, Stance

_STANCES = {Stance.DENIES: "red", Stance.DOUBTS: "magenta", Stance.CONFIRMS: "green"}


def doubts(certainty: Certainty, score: float) -> Text:
    """Return what the article leaves open, and what the reader is less sure of, if anything."""
    told = Text(hedge(certainty), style="magenta")
    if own := doubt(score):
        told.append(" " if told.plain else "").append(own, style="yellow")
    return told


def dispute_line(graph: SourceGraph, dispute: Dispute, names: Names) -> Text:
    """Return a dispute in the article's own words, and what they are read as."""
    line = names.styled(dispute.source)
    if words := clean(dispute_words(graph, dispute)):
        line.append(f" “{words}”,", style="dim")
    own = doubt(dispute.score)
    line.append(f" {own}" if own else "", style="yellow")
    line.append(f" {READ_AS[dispute.stance]} ", style=_STANCES[dispute.stance])
    line.append_text(names.styled(dispute.target))
    if weak := hedge(dispute.certainty):
        line.append(f", {weak}", style="magenta")
    return line
