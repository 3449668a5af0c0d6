"""Train the reader: its heads upon the tagger's layers as they are, then all of it together."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np
import torch
from torch import Tensor, nn

from training.reader.lessons import Lesson
from training.reader.network import Network
from training.reader.prepare import Example

_BATCH: Final = 4
_HIDDEN: Final = 0.2
"""Share of the examples in which what the extractor says of pairs is hidden."""
_SAVED_EVERY: Final = 100
_bce = nn.functional.binary_cross_entropy_with_logits


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the training.

    Attributes:
        epochs: Times that each example is read.
        upper: The rate of the transformer's layers, 0 to leave them as they are.
        heads: The rate of all the rest.
    """

    epochs: int
    upper: float
    heads: float


PHASES: Final = (Phase(3, 0.0, 1e-3), Phase(2, 1e-4, 6e-4))


def train(network: Network, shown: Sequence[Example], out: Path, seed: int) -> None:
    """Train *network* on *shown*; a run that was cut off goes on from *out*."""
    state = torch.load(out, weights_only=True) if out.exists() else None
    done = int(state["done"]) if state else 0
    if state:
        network.load_state_dict(state["network"])
    steps = 0
    for number, phase in enumerate(PHASES):
        whole = phase.epochs * -(-len(shown) // _BATCH)
        if done < steps + whole:
            _run(network, shown, phase, out, seed + number, max(0, done - steps), steps)
        steps += whole


def _run(
    network: Network,
    shown: Sequence[Example],
    phase: Phase,
    out: Path,
    seed: int,
    skip: int,
    before: int,
) -> None:
    torch.manual_seed(seed)
    draw = random.Random(seed)
    upper = list(network.upper.parameters())
    for parameter in upper:
        parameter.requires_grad_(phase.upper > 0)
    heads = [p for n, p in network.named_parameters() if not n.startswith("upper.")]
    groups = [{"params": heads, "lr": phase.heads}]
    groups += [{"params": upper, "lr": phase.upper}] if phase.upper else []
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = -(-len(shown) // _BATCH)
    whole = phase.epochs * batches

    def rate(since: int) -> float:
        step = skip + since
        return min(1.0, (step + 1) / (0.06 * whole)) * max(0.01, 1 - step / whole)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    begun, step = time.monotonic(), 0
    network.train()
    for _ in range(phase.epochs):
        order = draw.sample(range(len(shown)), len(shown))
        for at in range(0, len(order), _BATCH):
            step += 1
            if step <= skip:
                continue
            some = [shown[n] for n in order[at : at + _BATCH]]
            loss = _step(network, some, optimizer, draw)
            schedule.step()
            if step % _SAVED_EVERY == 0 or step == whole:
                _save(network, out, before + step)
                left = (time.monotonic() - begun) / (step - skip) * (whole - step)
                click.echo(f"step {step} of {whole}, loss {loss:.3f}, {left / 60:.0f} minutes left")


def _step(
    network: Network, some: Sequence[Example], optimizer: torch.optim.Optimizer, draw: random.Random
) -> float:
    vectors = network.upper.read([e.scene.vectors for e in some])
    losses = [
        loss_of(network, example, words, hide=draw.random() < _HIDDEN)
        for example, words in zip(some, vectors, strict=True)
    ]
    loss = torch.stack(losses).sum()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach()) / len(some)


def _save(network: Network, out: Path, done: int) -> None:
    part = out.with_suffix(".part")
    torch.save({"network": network.state_dict(), "done": done}, part)
    part.replace(out)


def loss_of(network: Network, example: Example, words: Tensor, hide: bool) -> Tensor:
    """Return how far the scores of *example* are from what is right."""
    lesson = example.lesson
    scores = network(words, example.arrays, hide)
    article, pairs = network.gather(example.arrays, scores, lesson.groups, lesson.size, hide)
    near = pairs[..., 0] > -11.9
    loss = _sum(article, lesson.to_article)
    loss = loss + _sum(pairs[..., 0][near], lesson.hops, near)
    loss = loss + _sum(pairs[..., 1:][near], lesson.disputes, near, weight=2.0)
    loss = loss + 0.5 * (
        _told(scores["mention"], lesson.mention_flow) + _told(scores["pair"], lesson.pair_labels)
    )
    loss = loss + 0.5 * _told(scores["same"], lesson.same) + 0.3 * _types(scores["type"], lesson)
    return loss / 30


def _sum(
    scores: Tensor, right: np.ndarray, where: Tensor | None = None, weight: float = 1.0
) -> Tensor:
    target = torch.from_numpy(right)
    target = target if where is None else target[where]
    return _bce(scores, target, reduction="sum", pos_weight=torch.tensor(weight))


def _told(scores: Tensor, right: np.ndarray) -> Tensor:
    """Return the loss where it is known what is right."""
    target = torch.from_numpy(right)
    known = target >= 0
    return _bce(scores[known], target[known], reduction="sum")


def _types(scores: Tensor, lesson: Lesson) -> Tensor:
    known = torch.from_numpy(lesson.known)
    right = torch.from_numpy(lesson.types)[torch.from_numpy(lesson.groups)]
    return nn.functional.cross_entropy(scores[known], right[known], reduction="sum")
