"""Through whose hands information went: a kind of construction a line.

The lines of ``hops.txt`` read "text || one > the next > article; ...", each hop that the graph must
have, by words of what its ends are called; it must have no other.
"""

from itertools import pairwise
from pathlib import Path

import pytest

from provenance.articles import article_from_text
from provenance.model import ARTICLE
from provenance.pipeline import build_record

HEAD = "Harbour board meets again over the old ferry\n\n"
LINES = (Path(__file__).parent / "hops.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=range(1, len(LINES) + 1))
def test_hops(line: str) -> None:
    text, _, wanted = line.partition(" || ")
    graph = build_record(article_from_text(HEAD + text))
    names = {s.id: " ".join((s.name, *s.aliases)).casefold() for s in graph.sources}
    left = [(names[f.source], names.get(f.target, ARTICLE)) for f in graph.flows]
    for chain in wanted.split(";"):
        for source, target in pairwise(one.strip().casefold() for one in chain.split(">")):
            found = [hop for hop in left if source in hop[0] and target in hop[1]]
            assert found, (source, target, left)
            left.remove(found[0])
    assert left == []
