"""Say why a source has its name and type, and why its mentions are taken for one."""

from collections.abc import Callable, Iterator, Sequence

from provenance.model import Basis, Decision, Facet, SourceType, Span
from provenance.resolution.clusters import Cluster, Way, plain

Label = Callable[[Cluster], str]


def decisions_of(cluster: Cluster, names: Sequence[str], label: Label) -> tuple[Decision, ...]:
    """Return what decided about *cluster*.

    Args:
        cluster: The mentions of one source.
        names: What it might be called, the best first.
        label: Gives what another cluster is called.
    """
    own = [*_of_name(cluster, names), _of_type(cluster), *_of_mentions(cluster, label)]
    return tuple(sorted(own))


def _of_name(cluster: Cluster, names: Sequence[str]) -> Iterator[Decision]:
    """Yield why *cluster* is called so, unless it has no other name."""
    second = names[1] if len(names) > 1 else ""
    if cluster.entry and names[:1] == [cluster.entry]:
        yield Decision(facet=Facet.NAME, by=Basis.REGISTRY, rule=cluster.entry, second=second)
    elif second:
        rule = "fullest name" if cluster.is_named else "fullest description"
        yield Decision(facet=Facet.NAME, by=Basis.RULE, rule=rule, second=second)


def _of_type(cluster: Cluster) -> Decision:
    votes = {
        type: count
        for type, count in cluster.types.items()
        if not (cluster.is_named and type is SourceType.UNNAMED)
    }
    others = sorted((-count, type) for type, count in votes.items() if type is not cluster.type())
    second = others[0][1].value if others else ""
    by, share = Basis.RULE, 0.0
    if cluster.known_type and cluster.entry:
        rule, by = cluster.entry, Basis.REGISTRY
    elif cluster.known_type:
        rule = "words of the name"
    elif votes:
        rule = "words beside it"
        share = round(-others[0][0] / sum(votes.values()), 2) if others else 0.0
    else:
        rule = "nothing says otherwise"
    return Decision(facet=Facet.TYPE, by=by, rule=rule, second=second, second_score=share)


def _of_mentions(cluster: Cluster, label: Label) -> Iterator[Decision]:
    """Yield why mentions are of *cluster* that do not just have its name."""
    rows: dict[tuple[Basis, str, str], list[Span]] = {}
    for span, way in cluster.ways.items():
        rows.setdefault((way.by, way.rule, _second(way, cluster, label)), []).append(span)
    for (by, rule, second), spans in rows.items():
        yield Decision(
            facet=Facet.SAME, by=by, rule=rule, second=second, spans=tuple(sorted({*spans}))
        )


def _second(way: Way, cluster: Cluster, label: Label) -> str:
    other = way.second
    while other is not None and other.joined is not None:
        other = other.joined
    return plain(label(other)) if other not in (None, cluster) and other.mentions else ""
