"""The training loop of the judge of pronouns."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from training.pronouns.network import JudgeNetwork, begin_from_tagger
from training.pronouns.windows import (
    Batch,
    Prepared,
    Window,
    batches,
    collate,
    is_held_out,
    windows,
)

CHECKPOINT: Final = "judge.pt"
_WORDS: Final = 2304  # in a batch
_COUNTS: Final[Mapping[str, float]] = {"masked": 0.5, "gender": 0.7}
"""What an exercise of a kind counts; those that people made count 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run can be told.

    Attributes:
        steps: Batches that are learnt from.
        rate: Peak learning rate of the layers.
        head_rate: That of the rest.
        warm: The share of steps that the rate takes to its peak.
        fewest: Exercises in a window of masked text, at the least.
    """

    steps: int = 260
    seed: int = 1
    rate: float = 2e-4
    head_rate: float = 2e-3
    warm: float = 0.1
    decay: float = 0.01
    fewest: int = 2


def train(
    silver: Sequence[Prepared],
    gold: Sequence[Prepared],
    network: Path,
    out: Path,
    settings: Settings,
    begin: Path | None = None,
) -> JudgeNetwork:
    """Train a judge and keep it in the folder *out*.

    Args:
        silver: Texts that nobody annotated.
        gold: Texts that somebody did; those held out are only measured on.
        network: That of the tagger, whose upper layers the judge begins from.
        out: Becomes the folder of its weights.
        settings: How.
        begin: The folder of a judge to go on from.
    """
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    model = JudgeNetwork()
    begin_from_tagger(model, network)
    if begin is not None:
        model.load_state_dict(torch.load(begin / CHECKPOINT, weights_only=True))
    optimizer = _optimizer(model, settings)
    draw, began = random.Random(settings.seed), time.monotonic()
    left: list[list[Window]] = []
    mean = 0.0
    for step in range(settings.steps):
        if not left:
            left = _epoch(silver, gold, draw, settings)
        loss = _step(model, optimizer, collate(left.pop()), _share(step, settings))
        mean = loss if step == 0 else 0.98 * mean + 0.02 * loss
        if (step + 1) % 20 == 0:
            to_go = (time.monotonic() - began) / (step + 1) * (settings.steps - step - 1) / 60
            print(f"step {step + 1}/{settings.steps}  loss {mean:.3f}  {to_go:.0f} minutes left")  # noqa: T201
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / CHECKPOINT)
    print(accuracy(model, [text for text in gold if is_held_out(text.name)]))  # noqa: T201
    return model


def load(out: Path) -> JudgeNetwork:
    """Return the judge that is kept in the folder *out*."""
    model = JudgeNetwork()
    model.load_state_dict(torch.load(out / CHECKPOINT, weights_only=True))
    return model


def accuracy(model: JudgeNetwork, texts: Sequence[Prepared]) -> dict[str, float]:
    """Return for each kind of exercise how often the likeliest name is a right one, in percent."""
    model.eval()
    right: dict[str, list[bool]] = {}
    with torch.no_grad():
        for batch in batches(list(windows(texts)), _WORDS):
            given = collate(batch)
            for scores, (good, _, kind) in _groups(_scores(model, given), given):
                right.setdefault(kind, []).append(int(scores.argmax()) < good)
    return {kind: round(100 * sum(all_) / len(all_), 1) for kind, all_ in right.items()}


def _optimizer(model: JudgeNetwork, settings: Settings) -> torch.optim.Optimizer:
    named = list(model.named_parameters())
    layers = [p for name, p in named if name.startswith("layers.")]
    others = [p for name, p in named if not name.startswith("layers.")]
    return torch.optim.AdamW(
        [
            {"params": layers, "lr": settings.rate, "peak": settings.rate},
            {"params": others, "lr": settings.head_rate, "peak": settings.head_rate},
        ],
        weight_decay=settings.decay,
        betas=(0.9, 0.98),
        fused=True,
    )


def _epoch(
    silver: Sequence[Prepared], gold: Sequence[Prepared], draw: random.Random, settings: Settings
) -> list[list[Window]]:
    able = [w for w in windows(silver, draw) if len(w.exercises) >= settings.fewest]
    able += windows([text for text in gold if not is_held_out(text.name)], draw)
    return batches(able, _WORDS, draw)


def _share(step: int, settings: Settings) -> float:
    """Return what the learning rate is of its peak."""
    warm = settings.warm * settings.steps
    return min((step + 1) / warm, (settings.steps - step) / (settings.steps - warm))


def _step(
    model: JudgeNetwork, optimizer: torch.optim.Optimizer, batch: Batch, share: float
) -> float:
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * share
    model.train()
    losses = [
        _COUNTS.get(kind, 1.0) * (torch.logsumexp(scores, 0) - torch.logsumexp(scores[:good], 0))
        for scores, (good, _, kind) in _groups(_scores(model, batch), batch)
    ]
    loss = torch.stack(losses).mean()
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(loss.item())


def _scores(model: JudgeNetwork, batch: Batch) -> Tensor:
    """Return the scores [P] of all pairs of *batch*; a name is the mean of its words."""
    with torch.autocast("cpu", torch.bfloat16):
        of_pronouns, of_names = model(batch.inner, batch.words)
    given = of_names.float()
    summed = torch.cat([torch.zeros_like(given[:, :1]), given.cumsum(1)], 1)
    spans = summed[batch.rows, batch.lasts] - summed[batch.rows, batch.firsts]
    means = spans / (batch.lasts - batch.firsts).unsqueeze(1)
    return model.pairs(of_pronouns.float()[batch.rows, batch.pronouns], means, batch.classes)


def _groups(scores: Tensor, batch: Batch) -> list[tuple[Tensor, tuple[int, int, str]]]:
    parts = scores.split([good + bad for good, bad, _ in batch.groups])
    return list(zip(parts, batch.groups, strict=True))
