"""Choose a whole graph by the network's scores: one node a source, every chain ends at the reader.

Scores become probabilities by a line fitted to annotated articles (Platt, 1999), and are rounded,
so that every machine writes the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from provenance.graph.hops import reached_from
from provenance.graph.reader.chances import Rules
from provenance.graph.reader.deciding import REVERSE, of_dispute, of_hop, of_source, seconds
from provenance.graph.reader.features import OWNER, TYPES, Arrays, Integers
from provenance.graph.reader.hearing import (
    handed,
    heard,
    hushed,
    let_pass,
    let_speak,
    merged,
    speaks_for,
    without_rivals,
)
from provenance.graph.reader.network import Grouped, Network, Scores
from provenance.graph.reader.scene import Scene
from provenance.model import (
    ARTICLE,
    Certainty,
    Dispute,
    Flow,
    FlowKind,
    Reading,
    Source,
    SourceType,
    Span,
    Stance,
)

STANCES = (Stance.DENIES, Stance.CONFIRMS, Stance.DOUBTS)
_SAID = 1.0
"""The score of what the form of the text says outright: a credit, a signature, a turn."""
_FAINT = 0.1
"""How likely it is at the most that somebody is a source who is none for a dispute alone."""
_PLAIN = {SourceType.CHANNEL, SourceType.INTERCEPT}
"""Types that names and nouns tell better than the network, which has seen few."""
_UNSEEN, _UNHEARD = -4.0, -6.0
"""The log-odds of a hop, or a dispute, between sources that stand too far apart to be scored."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A hop that needs no guess; *target* is -1 for the article."""

    source: int
    target: int
    evidence: Span


def choose(
    network: Network,
    scene: Scene,
    a: Arrays,
    rules: Rules,
    told: Reading,
    said: Sequence[Said] = (),
) -> Reading:
    """Return the graph that *network* reads in *scene*.

    Args:
        network: Gives the scores.
        scene: The article.
        a: The same in numbers.
        rules: What the scores mean.
        told: The graph as rules tell it.
        said: Hops that need no guess.
    """
    scores = hushed(network(scene.vectors, a), scene, a)
    groups, size = merged(a.alike, scores.same, len(scene.sources), rules.same)
    grouped = network.gather(a, scores, groups, size)
    voices = heard(scene, groups), handed(scene, groups)
    odds = _odds(grouped, _Told.of(told, scene, groups), rules, *voices)
    return _Choice(scene, a, scores, groups, odds, rules).graph(said)


@dataclass(frozen=True, slots=True)
class _Told:
    """The graph that rules tell, by groups of sources; -1 is the article."""

    flows: Mapping[Pair, Flow]
    disputes: Mapping[Pair, Dispute]

    @classmethod
    def of(cls, told: Reading, scene: Scene, groups: Integers) -> "_Told":
        """Return *told* by the groups of the sources of *scene*."""
        places = {s.id: int(groups[n]) for n, s in enumerate(scene.sources)} | {ARTICLE: -1}
        return cls(
            {(places[f.source], places[f.target]): f for f in told.flows},
            {(places[d.source], places[d.target]): d for d in told.disputes},
        )


@dataclass(frozen=True, slots=True)
class _Odds:
    """Log-odds of groups: of a last hop, of a hop, of a dispute with the likeliest stance."""

    article: Mapping[int, float]
    hops: Mapping[Pair, float]
    disputes: Mapping[Pair, tuple[float, int]]
    stances: Mapping[Pair, list[float]]
    told: _Told


def _odds(grouped: Grouped, told: _Told, rules: Rules, quoted: set[int], things: set[int]) -> _Odds:
    """Return the scores of *grouped* with what rules have *told* added, rounded.

    Whoever is *quoted* goes at the least where rules say, and so do *things* handed on.
    """
    last, hop, dispute = rules.told
    article = {g: float(score) for g, score in enumerate(grouped.article)}
    rows = {
        (one, other): row
        for (one, other), row in zip(grouped.ends.tolist(), grouped.hops.tolist(), strict=True)
        if one != other
    }
    for one, other in told.flows:
        if other < 0:
            article[one] += last
        elif hop and one != other:
            row = rows.setdefault((one, other), [_UNSEEN] * 4)
            row[0] = max(row[0], _UNSEEN) + hop
    let_speak(quoted, told.flows, article, rows, (rules.article.least, rules.hop.least))
    let_pass(things, told.flows, rows, rules.hop.least, [_UNSEEN] * 4)
    for (one, other), taken in told.disputes.items():
        if dispute and one != other:
            row, column = (
                rows.setdefault((one, other), [_UNSEEN] * 4),
                1 + STANCES.index(taken.stance),
            )
            row[column] = max(row[column], _UNHEARD) + dispute
    best = {pair: max((s, -n) for n, s in enumerate(row[1:])) for pair, row in rows.items()}
    return _Odds(
        article={group: round(score, 3) for group, score in article.items()},
        hops={pair: round(row[0], 3) for pair, row in rows.items()},
        disputes={pair: (round(score, 3), -n) for pair, (score, n) in best.items()},
        stances={pair: row[1:] for pair, row in rows.items()},
        told=told,
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    scene: Scene
    a: Arrays
    scores: Scores
    groups: Integers
    odds: _Odds
    rules: Rules

    def graph(self, said: Sequence[Said]) -> Reading:
        """Return the chosen graph."""
        hops = self._hops(said)
        there = {g for g, s in self.odds.article.items() if self.rules.article.chance(s) > _FAINT}
        there |= {end for pair in hops for end in pair}
        disputes = {
            pair: row
            for pair, row in self.odds.disputes.items()
            if row[0] >= self.rules.dispute.least and {*pair} <= there
            if not speaks_for(*(self._texts(group) for group in pair))
        }
        last = self._last_hops(hops, said, {end for pair in disputes for end in pair})
        kept = {g: self._source(g) for g in sorted({e for p in hops for e in p} | set(last))}
        ways = {**hops, **{(one, -1): chance for one, chance in last.items()}}
        beside = self._beside(kept, ways)
        flows = [self._flow(kept, pair, chance, beside) for pair, chance in ways.items()]
        best: dict[str, float] = {}
        for flow in flows:
            best[flow.source] = max(best.get(flow.source, 0.0), flow.score)
        sources = (replace(s, score=best[s.id]) for s in kept.values())
        found = without_rivals(self._dispute(kept, p, *row) for p, row in disputes.items())
        joined = [
            (self.scene.sources[n].id, kept[int(g)].id)
            for n, g in enumerate(self.groups)
            if int(g) in kept and self.scene.sources[n].id != kept[int(g)].id
        ]
        return Reading(
            sources=tuple(sorted(sources, key=lambda s: s.id)),
            flows=tuple(sorted(flows, key=lambda f: (f.source, f.target))),
            disputes=tuple(sorted(found, key=lambda d: (d.source, d.target))),
            joined=tuple(sorted(joined)),
        )

    def _hops(self, said: Sequence[Said]) -> dict[Pair, float]:
        """Return the hops between groups with their chances, the surer way round of two."""
        line, found = self.rules.hop, dict[Pair, float]()
        for given in (g for g in said if g.target >= 0):
            ends = int(self.groups[given.source]), int(self.groups[given.target])
            if ends[0] != ends[1]:
                found[ends] = _SAID
        for (one, other), score in sorted(
            self.odds.hops.items(), key=lambda row: (-row[1], row[0])
        ):
            if score < line.least:
                break
            if (other, one) not in found:
                found.setdefault((one, other), line.chance(score))
        return found

    def _last_hops(
        self, hops: Mapping[Pair, float], said: Sequence[Said], disputing: set[int]
    ) -> dict[int, float]:
        """Return who reaches the article straight; whoever else would end nowhere does too."""
        line = self.rules.article
        found = {int(self.groups[one.source]): _SAID for one in said if one.target < 0}
        through = {int(self.groups[one.source]) for one in said if one.target >= 0}
        for group, score in self.odds.article.items():
            if score >= line.least and group not in through:
                found.setdefault(group, line.chance(score))
        onward: dict[int, list[int]] = {}
        for one, other in hops:
            onward.setdefault(other, []).append(one)
        reached, begin = reached_from(found, onward), {one for one, _ in hops}
        lost = ({end for pair in hops for end in pair} | disputing) - reached
        for group in sorted(lost, key=lambda g: (g in begin, -self.odds.article[g], g)):
            if group not in reached:
                found[group] = line.chance(self.odds.article[group])
                reached |= reached_from([group], onward)
        return found

    def _source(self, group: int) -> Source:
        """Return what the sources of *group* are together, under the id of the best named."""
        numbers = [int(n) for n in np.flatnonzero(self.groups == group)]
        own = [self.scene.sources[n] for n in numbers]
        named = {s.id: bool(self.a.traits[n, 1]) for s, n in zip(own, numbers, strict=True)}
        best = max(own, key=lambda s: (named[s.id], len(s.aliases), s.id))
        logits = self.scores.type[numbers]
        shares = np.exp(logits - logits.max(1, keepdims=True))
        likely = (shares / shares.sum(1, keepdims=True))[:, 1:].sum(0)
        settled = any(d.rule == "words of the name" for d in best.decisions)
        plain = best.type in _PLAIN or (best.type is SourceType.ORGANIZATION and settled)
        type_ = best.type if plain else TYPES[int(likely.argmax())]
        shown = likely[:0] if plain else likely / likely.sum()
        return replace(
            best,
            type=type_,
            aliases=tuple(sorted({alias for s in own for alias in s.aliases})),
            mentions=tuple(sorted({m for s in own for m in s.mentions})),
            wikidata=next((s.wikidata for s in own if s.wikidata), ""),
            decisions=of_source(best, own, shown, [self._sure(n, numbers) for n in numbers]),
        )

    def _texts(self, group: int) -> list[str]:
        """Return all that the sources of *group* are called."""
        numbers = np.flatnonzero(self.groups == group)
        return [alias for n in numbers for alias in self.scene.sources[int(n)].aliases]

    def _beside(
        self, kept: Mapping[int, Source], ways: Mapping[Pair, float]
    ) -> dict[Pair, tuple[float, str]]:
        """Return what would have been second of the hops in *ways*, in words, how likely."""
        chances = {
            pair: self.rules.hop.chance(score)
            for pair, score in self.odds.hops.items()
            if {*pair} <= {*kept}
        }
        last = {(g, -1): self.rules.article.chance(self.odds.article[g]) for g in kept}
        names = {g: source.name for g, source in kept.items()} | {-1: "this article"}
        rows = seconds(chances | last, {*ways})
        return {
            pair: (score, REVERSE if way[0] == pair[1] else names[way[1]])
            for pair, (score, way) in rows.items()
        }

    def _sure(self, number: int, numbers: list[int]) -> float:
        pairs = self.a.alike
        rows = (pairs == number).any(1) & np.isin(pairs, numbers).all(1)
        return float(self.scores.same[rows].max(initial=-9.0))

    def _flow(
        self,
        kept: Mapping[int, Source],
        pair: Pair,
        chance: float,
        beside: Mapping[Pair, tuple[float, str]],
    ) -> Flow:
        one, other = pair
        source, told = kept[one], self.odds.told.flows.get(pair)
        line = self.rules.article if other < 0 else self.rules.hop
        if told is not None:
            evidence, cues, certainty = told.evidence, told.cues, told.certainty
        else:
            evidence = self._alone(one) if other < 0 else self._together(one, other, 0)
            cues, certainty = self._cues(one, evidence)
        return Flow(
            source=source.id,
            target=kept[other].id if other >= 0 else ARTICLE,
            kind=FlowKind.REPORTED_BY if source.type.is_agent else FlowKind.DERIVED_FROM,
            evidence=evidence,
            cues=cues,
            certainty=certainty,
            score=chance,
            decision=of_hop(told, chance, line.chance(line.least), beside.get(pair, (0.0, ""))),
        )

    def _dispute(
        self, kept: Mapping[int, Source], pair: Pair, score: float, stance: int
    ) -> Dispute:
        told = self.odds.told.disputes.get(pair)
        rows = ((score, -n) for n, score in enumerate(self.odds.stances[pair]) if n != stance)
        runner, place = max(rows)
        second = self.rules.dispute.chance(runner), STANCES[-place].value
        if told is not None and told.stance is STANCES[stance]:
            evidence, cues, certainty = told.evidence, told.cues, told.certainty
        else:
            evidence = self._together(*pair, 1 + stance)
            cues, certainty = self._cues(pair[0], evidence)
        return Dispute(
            source=kept[pair[0]].id,
            target=kept[pair[1]].id,
            stance=STANCES[stance],
            evidence=evidence,
            cues=cues,
            certainty=certainty,
            score=self.rules.dispute.chance(score),
            decision=of_dispute(told if told and told.stance is STANCES[stance] else None, second),
        )

    def _alone(self, group: int) -> tuple[Span, ...]:
        """Return the sentences in which *group* tells the article something, the best at least."""
        own = np.flatnonzero(self.groups[self.a.mentions[:, OWNER]] == group)
        return self._best((float(self.scores.mention[m]), [int(m)]) for m in own)

    def _together(self, one: int, other: int, column: int) -> tuple[Span, ...]:
        owners = self.groups[self.a.mentions[self.a.pairs][:, :, OWNER]]
        rows = np.flatnonzero((owners[:, 0] == one) & (owners[:, 1] == other))
        if not len(rows):
            return self._alone(one)
        return self._best(
            (float(self.scores.pair[r, column]), [int(m) for m in self.a.pairs[r]]) for r in rows
        )

    def _best(self, rows: Iterable[tuple[float, list[int]]]) -> tuple[Span, ...]:
        """Return the sentences of the surest of *rows*, and of others that are likely."""
        ranked = sorted(rows, key=lambda row: (-round(row[0], 3), row[1]))
        likely = [row for n, row in enumerate(ranked) if n == 0 or row[0] > 0][:3]
        spans = set()
        for _, numbers in likely:
            sentences = [self.scene.mentions[m].sentence for m in numbers]
            spans.add(Span(min(s.start for s in sentences), max(s.end for s in sentences)))
        return tuple(sorted(spans))

    def _cues(self, group: int, evidence: tuple[Span, ...]) -> tuple[tuple[Span, ...], Certainty]:
        """Return the cues in *evidence* that are about *group*, and the least certain reading."""
        owners = self.scene.owner_of()
        rows = [
            (a.cue[0], a.certainty)
            for a in self.scene.extraction.attributions
            for s in a.speakers
            if s in owners
            and self.groups[owners[s]] == group
            and any(a.cue[0] in e for e in evidence)
        ] + [
            (e.trigger, e.certainty)
            for e in self.scene.extraction.events
            for p in e.participants
            if p.span in owners
            and self.groups[owners[p.span]] == group
            and any(e.trigger in span for span in evidence)
        ]
        certainty = min((c for _, c in rows), key=lambda c: c.rank, default=Certainty.ASSERTED)
        return tuple(sorted({cue for cue, _ in rows})), certainty
