"""Choose from which scores on hops count, and what probability goes with each.

Thresholds are the best for flows and sources on held-out articles; the lines are fitted to what
was right there of what they let through (Platt, 1999).
"""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import click
import numpy as np
from numpy.typing import NDArray

from provenance.evaluation.graphs import score_graph
from provenance.graph.reader.chances import Line, Rules
from provenance.graph.reader.decoding import choose
from provenance.graph.reader.features import Arrays
from provenance.graph.reader.network import Network, Scores
from provenance.model import ARTICLE, Reading
from training.reader.lessons import Gold
from training.reader.prepare import Example

_STEPS: Final = {
    "article": (-1.2, -0.9, -0.7, -0.5, -0.3, -0.1, 0.1),
    "hop": (-0.9, -0.6, -0.3, 0.0, 0.3),
    "dispute": (-2.0, -1.5, -1.0, -0.5, 0.0),
    "same": (0.0, 1.0, 2.0),
}
BEGIN: Final = Rules(
    article=Line(1.0, 0.0, -0.5),
    hop=Line(1.0, 0.0, -0.3),
    dispute=Line(1.0, 0.0, -1.0),
    same=0.5,
    told=(0.0, 1.0, 4.0),
)


@dataclass(frozen=True, slots=True)
class _Kept(Network):
    """A network that scores each article once: thresholds change nothing of that."""

    known: dict[int, Scores] = field(default_factory=dict)

    def __call__(self, inner: NDArray[np.float16], a: Arrays) -> Scores:
        """Return the scores of *a*, which must live as long as this does."""
        if id(a) not in self.known:
            self.known[id(a)] = Network.__call__(self, inner, a)
        return self.known[id(a)]


def calibrate(network: Network, held: Sequence[Example], begin: Rules = BEGIN) -> Rules:
    """Return how the scores of *network* are best read, by the *held* out examples."""
    rules, network = begin, _Kept(network.upper, network.weights)
    for name, steps in _STEPS.items():
        click.echo(f"threshold of {name}, {len(steps)} values on {len(held)} articles")
        rules = max(
            (_with(rules, name, step) for step in steps),
            key=lambda r: _worth(network, held, r, "disputes" if name == "dispute" else "flows"),
        )
    right = list(_outcomes(network, held, rules))
    return replace(
        rules,
        **{
            name: replace(getattr(rules, name), **_line([o[1:] for o in right if o[0] == name]))
            for name in ("article", "hop", "dispute")
        },
    )


def as_record(rules: Rules) -> Mapping[str, Any]:
    """Return *rules* as they are written down."""
    lines = {
        name: {"slope": line.slope, "shift": line.shift, "least": line.least}
        for name, line in (
            ("article", rules.article),
            ("hop", rules.hop),
            ("dispute", rules.dispute),
        )
    }
    return {**lines, "same": rules.same, "told": list(rules.told)}


def _with(rules: Rules, name: str, step: float) -> Rules:
    if name == "same":
        return replace(rules, same=step)
    return replace(rules, **{name: replace(getattr(rules, name), least=step)})


def _worth(network: Network, held: Sequence[Example], rules: Rules, what: str) -> float:
    rows = [score_graph(e.gold, as_graph(_read(network, e, rules))) for e in held]
    totals = {k: sum((row[k] for row in rows[1:]), rows[0][k]) for k in ("sources", "flows", what)}
    return totals[what].f1 + (0.3 * totals["sources"].f1 if what == "flows" else 0.0)


def _read(network: Network, example: Example, rules: Rules) -> Reading:
    return choose(network, example.scene, example.arrays, rules, example.told)


def as_graph(reading: Reading) -> Gold:
    """Return *reading* as it is scored."""
    return {
        "sources": [
            {"id": s.id, "name": s.name, "type": s.type.value, "aliases": list(s.aliases)}
            for s in reading.sources
        ],
        "flows": [{"from": f.source, "to": f.target, "kind": f.kind.value} for f in reading.flows],
        "disputes": [
            {"by": d.source, "target": d.target, "stance": d.stance.value} for d in reading.disputes
        ],
    }


def _outcomes(
    network: Network, held: Sequence[Example], rules: Rules
) -> Iterator[tuple[str, float, bool]]:
    """Yield the kind, the log-odds and the truth of each hop and dispute that is let through."""
    plain = replace(
        rules,
        **{
            n: replace(getattr(rules, n), slope=1.0, shift=0.0)
            for n in ("article", "hop", "dispute")
        },
    )
    for example in held:
        reading = _read(network, example, plain)
        for flow in reading.flows:
            kind = "article" if flow.target == ARTICLE else "hop"
            yield (
                kind,
                _odds(flow.score),
                _holds(
                    reading, example.gold, replace(reading, flows=(flow,), disputes=()), "flows"
                ),
            )
        for one in reading.disputes:
            yield (
                "dispute",
                _odds(one.score),
                _holds(
                    reading, example.gold, replace(reading, flows=(), disputes=(one,)), "disputes"
                ),
            )


def _holds(whole: Reading, gold: Gold, one: Reading, what: str) -> bool:
    """Whether the single flow or dispute of *one* is right, sources matched as in the *whole*."""
    return score_graph(gold, as_graph(replace(one, sources=whole.sources)))[what].right > 0


def _odds(chance: float) -> float:
    return math.log(chance / (1 - chance)) if chance < 1 else 5.0


def _line(rows: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Return slope and shift of the logistic line through *rows*, by Newton's steps."""
    if len({right for _, right in rows}) < 2:
        return {"slope": 1.0, "shift": 0.0}
    x = np.array([[score, 1.0] for score, _ in rows])
    y = np.array([float(right) for _, right in rows])
    begin = np.array([1.0, 0.0])

    def loss(w: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0, (1 - 2 * y) * (x @ w)).sum() + ((w - begin) ** 2).sum() / 2)

    w = begin
    for _ in itertools.repeat(None, 60):
        p = 1 / (1 + np.exp(-x @ w))
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.eye(2)
        step = np.linalg.solve(curve, x.T @ (p - y) + w - begin)
        while loss(w - step) > loss(w) and np.abs(step).max() > 1e-9:
            step = step / 2
        w = w - step
    return {"slope": round(float(w[0]), 3), "shift": round(float(w[1]), 3)}
