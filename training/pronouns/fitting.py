"""The weights of what speaks for a person, fitted to coreference that people have annotated.

By maximum likelihood over the candidates of each pronoun, as the pipeline has them. What the
network counts beside them is fitted on texts that it has not learnt from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from provenance.extraction.mentions import find_referents
from provenance.extraction.tagger.tagger import Tagger
from provenance.model import Mention, MentionKind, Referent, Span
from provenance.resolution import place_mentions
from provenance.resolution.clusters import Cluster
from provenance.resolution.pronouns import gender_of
from provenance.resolution.registry import load_registry
from provenance.resolution.salience import WEIGHTS, features, log_odds
from provenance.resolution.speaking import FAR, may_be_person
from training.pronouns.annotated import innermost, read_gap, read_gum
from training.pronouns.lessons import Parsed, is_gendered, parse_whole
from training.pronouns.windows import is_held_out

_PENALTY: Final = 1.0
"""Half of what a weight of 1 costs, in log-likelihood."""
NETWORK_KEY: Final = "network"
_COUNTS: Final = {"gap": 1.0, "gum": 0.3}


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun's candidates, with features and the network's word, and which are right."""

    text: str
    kind: str
    found: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]


def choices(gum: Path, gap: Path, tagger: Tagger) -> Iterator[Choice]:
    """Yield the pronouns of both corpora that have a right candidate and a wrong one."""
    for document in read_gum(gum):
        parsed = parse_whole(document.article)
        spans = dict(document.entities)
        for pronoun, able, found in _asked(parsed, tagger):
            meant = spans.get(pronoun.span)
            right = []
            for cluster in able:
                heads = [m.head for m in cluster.mentions if m.kind is not MentionKind.PRONOUN]
                same = [innermost(head, document) == meant for head in heads]
                right.append(meant is not None and sum(same) * 2 > len(same))
            if 0 < sum(right) < len(right):
                yield Choice(parsed.article.name, "gum", tuple(found), tuple(right))
    for snippet in read_gap(gap):
        parsed = parse_whole(snippet.article)
        meant_name = dict(zip(snippet.right, snippet.names, strict=True)).get(True)
        for pronoun, able, found in _asked(parsed, tagger):
            if pronoun.span == snippet.pronoun and meant_name is not None:
                right = [any(m.head.overlaps(meant_name) for m in c.mentions) for c in able]
                if 0 < sum(right) < len(right):
                    yield Choice(parsed.article.name, "gap", tuple(found), tuple(right))


def _asked(
    parsed: Parsed, tagger: Tagger
) -> Iterator[tuple[Mention, list[Cluster], list[dict[str, float]]]]:
    """Yield the gendered pronouns, whom the pipeline chooses among, and by which features."""
    article = parsed.article
    _, notes = tagger.note(article.text, [(p.start, p.end) for p in article.paragraphs])
    referents = list(find_referents(article.text, parsed.mentions, tagger, notes))
    placed = place_mentions(article, parsed.mentions, load_registry(), referents)
    clusters = sorted({c.number: c for c in placed.values()}.values(), key=lambda c: c.number)
    for mention in parsed.mentions:
        if is_gendered(article, mention):
            gender = gender_of(article.quote(mention.span))
            able = [c for c in clusters if _is_able(c, mention, gender)]
            judged = log_odds(able, _told(referents, mention))
            yield (
                mention,
                able,
                [
                    {**features(c, mention, able, gender), NETWORK_KEY: judged[c.number]}
                    for c in able
                ],
            )


def _is_able(cluster: Cluster, pronoun: Mention, gender: str) -> bool:
    """Whether the pipeline, when it comes to *pronoun*, has *cluster* among the candidates."""
    at, end = pronoun.span.start, pronoun.span.end
    starts = [m.span.start for m in cluster.mentions]
    near = any(at - FAR <= start < at for start in starts)
    ahead = cluster.is_named and any(end <= start < pronoun.sentence.end for start in starts)
    return (near or ahead) and may_be_person(cluster) and cluster.gender in {"", gender}


def _told(referents: Iterable[Referent], pronoun: Mention) -> dict[Span, float]:
    return {one.head: one.score for one in referents if one.pronoun == pronoun.span}


def fit(given: Sequence[Choice]) -> dict[str, float]:
    """Return the weights of all features, and of the network in units of theirs."""
    names = list(WEIGHTS)
    all_ = [_tensors(one, names) for one in given]
    hand = _maximum([(table, right, count) for table, _, right, count in all_])
    judged = [
        (torch.stack([table @ hand, network], 1), right, count)
        for one, (table, network, right, count) in zip(given, all_, strict=True)
        if is_held_out(one.text)
    ]
    own, network = _maximum(judged).tolist()
    weights = dict(zip(names, (round(value, 2) for value in hand.tolist()), strict=True))
    return {**weights, NETWORK_KEY: round(network / own, 2)}


def _tensors(one: Choice, names: Sequence[str]) -> tuple[Tensor, Tensor, Tensor, float]:
    table = torch.tensor([[row.get(name, 0.0) for name in names] for row in one.found])
    network = torch.tensor([row[NETWORK_KEY] for row in one.found])
    return table, network, torch.tensor(one.right), _COUNTS[one.kind]


def _maximum(given: Sequence[tuple[Tensor, Tensor, float]]) -> Tensor:
    """Return the weights under which the right candidates are likeliest, by L-BFGS."""
    weights = torch.zeros(given[0][0].shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        total = _PENALTY / 2 * weights @ weights
        for table, right, count in given:
            scores = table @ weights
            total = total + count * (torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0))
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)
    return weights.detach()
