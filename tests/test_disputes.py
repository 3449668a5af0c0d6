"""Who denies, doubts or confirms whom, across sentences: a kind of construction a line.

The lines of ``disputes.txt`` read "text || who > whom : stance; ...", nothing behind the bars where
there is no dispute: attacks on motive, what is withheld, what nobody said before.
"""

from pathlib import Path

import pytest

from provenance.articles import article_from_text
from provenance.pipeline import build_record

HEAD = "Harbour board meets again over the old ferry\n\n"
LINES = (Path(__file__).parent / "disputes.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=range(1, len(LINES) + 1))
def test_disputes(line: str) -> None:
    text, _, wanted = line.partition(" ||")
    graph = build_record(article_from_text(HEAD + text))
    names = {s.id: " ".join((s.name, *s.aliases)) for s in graph.sources}
    found = [(names[d.source], names[d.target], d.stance.value) for d in graph.disputes]
    expected = [one.strip() for one in wanted.split(";") if one.strip()]
    assert len(found) == len(expected), found
    for one in expected:
        by, _, rest = one.partition(" > ")
        target, _, stance = rest.rpartition(" : ")
        assert any(by in f[0] and target in f[1] and stance == f[2] for f in found), found
