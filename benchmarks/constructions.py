"""Count the constructions of `hops.txt` and `disputes.txt` that `prov build` understands.

    python benchmarks/constructions.py

A line of `hops.txt` reads "text || one > the next > article; ...": each hop that the graph must
have, and no other. One of `disputes.txt` reads "text || who > whom : stance; ...", with nothing
behind the bars where there is no dispute. The texts are shorter than what the network reads, so
rules are what is counted. It is a report and no gate: a rule that brings back one line may cost
more on articles. The result goes to benchmarks/results/constructions.md.
"""

from itertools import pairwise
from pathlib import Path

from provenance.articles import article_from_text
from provenance.model import ARTICLE, SourceGraph
from provenance.pipeline import build_record

HERE = Path(__file__).parent
HEAD = "Harbour board meets again over the old ferry\n\n"


def names(graph: SourceGraph) -> dict[str, str]:
    """Return all that each source of *graph* is called."""
    return {s.id: " ".join((s.name, *s.aliases)).casefold() for s in graph.sources}


def has_hops(graph: SourceGraph, wanted: str) -> bool:
    """Whether *graph* has the chains *wanted* and no other hop."""
    known = names(graph)
    left = [(known[f.source], known.get(f.target, ARTICLE)) for f in graph.flows]
    for chain in wanted.casefold().split(";"):
        for source, target in pairwise(one.strip() for one in chain.split(">")):
            found = next((h for h in left if source in h[0] and target in h[1]), None)
            if found is None:
                return False
            left.remove(found)
    return not left


def has_disputes(graph: SourceGraph, wanted: str) -> bool:
    """Whether *graph* has the disputes *wanted* and no other."""
    known = names(graph)
    left = [(known[d.source], known[d.target], d.stance.value) for d in graph.disputes]
    for one in filter(None, (part.strip() for part in wanted.casefold().split(";"))):
        by, _, rest = one.partition(" > ")
        target, _, stance = rest.rpartition(" : ")
        found = next((d for d in left if by in d[0] and target in d[1] and stance == d[2]), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def main() -> None:
    """Print how many lines of each file are understood, and which are not."""
    lines = ["# Constructions", ""]
    for name, holds in (("hops", has_hops), ("disputes", has_disputes)):
        rows = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        missed = []
        for row in rows:
            text, _, wanted = row.partition(" ||")
            if not holds(build_record(article_from_text(HEAD + text)), wanted):
                missed.append(row)
        lines += [f"## {name}: {len(rows) - len(missed)} of {len(rows)}", "", "Not understood:", ""]
        lines += [f"* {row}" for row in missed] + [""]
    text = "\n".join(lines)
    print(text)  # noqa: T201
    (HERE / "results" / "constructions.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
