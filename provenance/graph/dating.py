"""When the text says that something was said or handed on."""

from functools import lru_cache

from provenance.model import Certainty, Flow, SourceGraph


@lru_cache(maxsize=8)
def dates_of_flows(graph: SourceGraph) -> tuple[str, ...]:
    """Return the first date that the text gives for each flow, "" where it gives none."""
    places = {span: source.id for source in graph.sources for span in source.mentions}
    told = [
        (one.sentence, one.date, {*one.source_ids, *(places.get(span, "") for span in one.route)})
        for one in graph.attributions
        if one.date and one.certainty is not Certainty.DENIED
    ]
    done = [
        (event.sentence, event.date, {part.source_id for part in event.participants})
        for event in graph.events
        if event.date and event.certainty is not Certainty.DENIED
    ]

    def date(flow: Flow) -> str:
        ends = {flow.source, flow.target}
        found = [day for span, day, who in told if flow.source in who and span in flow.evidence]
        found += [day for span, day, who in done if ends <= who and span in flow.evidence]
        return min(found, default="")

    return tuple(map(date, graph.flows))
