"""Choose what to call a source: as the registry does, or by the fullest of its names."""

from collections.abc import Mapping

from provenance.resolution.clusters import Cluster, plain
from provenance.resolution.descriptions import descriptions


def label(cluster: Cluster) -> str:
    """Return what to call *cluster*."""
    return labels(cluster)[0]


def labels(cluster: Cluster) -> list[str]:
    """Return what *cluster* may be called, the best first."""
    if not cluster.is_named:
        return descriptions(cluster)
    names = cluster.names
    proper = [n for n in names if n not in cluster.places] or list(names)
    plainer = [n for n in proper if not any(_adds_to(n, m, names) for m in proper)]
    ranked = sorted(plainer, key=lambda n: (len(n.split()), names[n], n), reverse=True)
    if plain(cluster.entry) not in names:
        return ranked
    return [cluster.entry, *(n for n in ranked if n != plain(cluster.entry))]


def _adds_to(name: str, short: str, often: Mapping[str, int]) -> bool:
    """Whether *name* is *short*, which is used more often, with a word before: "Honest Ann Lee"."""
    return name.endswith(f" {short}") and " " in short and often[short] > often[name]
