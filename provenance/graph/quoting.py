"""The words in which the text tells what a graph says of it."""

from typing import Final

from provenance.model import Attribution, Dispute, SourceGraph, Span, Stance

READ_AS: Final = {
    Stance.DENIES: "read as a denial of",
    Stance.DOUBTS: "read as a doubt about",
    Stance.CONFIRMS: "read as a confirmation of",
}
SURE: Final = 0.8
"""Of what is at least so likely nine in ten are right (docs/quality.md)."""
UNSURE: Final = 0.5


def doubt(score: float) -> str:
    """Return the reader's own doubt about what is so likely, in square brackets, "" for none.

    The article's doubt is told in words of the article, without brackets.
    """
    return "" if score >= SURE else "[probably]" if score >= UNSURE else "[perhaps]"


def dispute_words(graph: SourceGraph, dispute: Dispute) -> str:
    """Return what the text says that the source of *dispute* did: its verb and what follows.

    "called them fakes", "has condemned the statements"; the verb alone where nothing more is known,
    and the sentence where not even that is.
    """
    for one in graph.attributions:
        if dispute.source in one.source_ids and {*one.cue} & {*dispute.cues}:
            words = _quote(graph, _reach(one, graph))
            if words:
                return words
    spans = dispute.cues or dispute.evidence
    return next((words for span in spans if (words := _quote(graph, span))), "")


def _reach(one: Attribution, graph: SourceGraph) -> Span:
    """Return where a statement stands from its verb on, if what it says follows the verb."""
    cue = min(one.cue)
    after = [span for span in one.content if cue.end <= span.start < one.sentence.end]
    end = max((span.end for span in after), default=cue.end)
    return Span(cue.start, end if graph.article.text else cue.end)


def _quote(graph: SourceGraph, span: Span) -> str:
    try:
        return graph.article.quote(span)
    except KeyError:  # the text was withheld, and these words with it
        return ""
