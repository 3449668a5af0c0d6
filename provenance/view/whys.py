"""What the page says of why a thing is as it is, by the key of the thing."""

from provenance.graph import dates_of_flows
from provenance.model import Facet, Reason, SourceGraph
from provenance.reasons import reasons, told_by, told_second
from provenance.view.dates import tell_date

Rows = list[list[str]]
"""What a row is about, and what it says."""

_LABELS = {
    Facet.HOP: "Decided by",
    Facet.DISPUTE: "Decided by",
    Facet.TYPE: "Type by",
    Facet.NAME: "Name by",
    Facet.SAME: "Taken for one",
    Facet.CERTAINTY: "Certainty by",
    Facet.GAP: "Left out",
}
_MOST = 6
"""Mentions that are quoted of those which one rule tells."""


def whys(graph: SourceGraph) -> dict[str, Rows]:
    """Return the rows of each hop, dispute, event, source and gap of *graph*."""
    found: dict[str, Rows] = {}
    for reason in reasons(graph):
        found.setdefault(reason.key, []).append([_LABELS[reason.facet], _told(graph, reason)])
    for number, date in enumerate(dates_of_flows(graph)):
        if date:
            found[f"f:{number}"].append(["When", tell_date(date)])
    return found


def _told(graph: SourceGraph, reason: Reason) -> str:
    if reason.facet is Facet.GAP:
        return reason.told
    if reason.facet is Facet.CERTAINTY:
        return f"{reason.told}: {quoted(graph, reason) or 'how the sentence is built'}"
    told = told_by(reason)
    if reason.facet is Facet.SAME and (words := quoted(graph, reason)):
        told = f"{words}: {told}"
    second = told_second(reason)
    return f"{told}; else {second}" if second else told


def quoted(graph: SourceGraph, reason: Reason) -> str:
    """Return the words that decided, each once."""
    found = []
    for span in reason.words:
        try:
            found.append(f"“{' '.join(graph.article.quote(span).split())}”")
        except KeyError:  # the text was withheld, and these words with it
            continue
    each = list(dict.fromkeys(found))
    return ", ".join(each[:_MOST]) + (f" and {len(each) - _MOST} more" if each[_MOST:] else "")
