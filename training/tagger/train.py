"""The training loop: one single-threaded process a core, gradients summed by gloo.

Weights of the encoder are bfloat16, their masters float32; two processes of one thread each are
faster than one of two, and do not collapse when something else runs.
"""

import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch import distributed as dist

from provenance.extraction.tagger.inputs import WINDOW, read_vocabulary
from training.tagger.base import base_model
from training.tagger.batches import Sample, collate, epoch
from training.tagger.corpus import Example, read_corpus
from training.tagger.network import Tagger, chain_loss, link_loss
from training.tagger.targets import (
    Target,
    gold_target,
    read_teacher,
    teacher_target,
)

CHECKPOINT = "checkpoint.pt"
_SAVE_EVERY = 100  # steps
_MICRO = 4  # parts of a batch, handed to whoever is free


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run can be told; kept beside its weights.

    Attributes:
        corpus: The train split.
        out: The folder of the checkpoint, from which a run that was cut off goes on.
        base: What to begin from, one of `base.BASES`.
        more: A folder of articles that nobody annotated but the teacher read, or "".
        begin: A run whose weights to begin from, or "" for those of the base model.
        teacher: Marginals of a teacher, or "".
        share: How much of the target is the teacher's, where it has read an annotated article.
        temperature: Softens the teacher.
        window: Word pieces in a window.
        pieces: Word pieces in a batch.
        rate: Peak learning rate of the encoder.
        layer_decay: What a layer's rate is of that of the layer above.
        head_rate: That of the heads.
        chain_rate: That of transitions, which barely move at less.
        warm: The share of steps that the rate takes to its peak.
        masked: The share of word pieces hidden from the network.
        link_weight: What a link counts beside a tag.
    """

    corpus: str
    out: str
    base: str = "minilm"
    more: str = ""
    begin: str = ""
    teacher: str = ""
    epochs: float = 8.0
    seed: int = 1
    processes: int = 2
    share: float = 0.5
    temperature: float = 1.3
    window: int = WINDOW
    pieces: int = 3072
    rate: float = 3e-4
    layer_decay: float = 1.0
    head_rate: float = 1e-3
    chain_rate: float = 2e-2
    decay: float = 0.01
    dropout: float = 0.1
    warm: float = 0.08
    masked: float = 0.05
    link_weight: float = 0.3


def train(settings: Settings) -> None:
    """Train as *settings* say, or go on from the checkpoint that lies in their folder."""
    Path(settings.out).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        context = torch.multiprocessing.get_context("spawn")
        counter = context.Value("q", 0)
        torch.multiprocessing.spawn(
            _worker, args=(settings, counter, f"{folder}/meet"), nprocs=settings.processes
        )


def make_targets(examples: Sequence[Example], settings: Settings) -> list[Target]:
    """Return what the chain is to learn of each example.

    Raises:
        ValueError: Neither an annotator nor the teacher has read one.
    """
    kept = read_teacher(Path(settings.teacher)) if settings.teacher else {}
    targets = []
    for example in examples:
        own = kept.get(example.name)
        if own is None and not example.annotations:
            raise ValueError(f"nobody has read {example.name}: let the teacher do it")
        nodes, pairs = gold_target(example.document, [a.tags for a in example.annotations])
        if own is not None:
            soft = teacher_target(example.document, own, settings.temperature)
            share = settings.share if example.annotations else 1.0
            nodes += share * (soft[0] - nodes)
            pairs += share * (soft[1] - pairs)
        targets.append((nodes, pairs))
    return targets


def _worker(rank: int, settings: Settings, counter: Any, meet: str) -> None:
    parent = os.getppid()
    os.setsid()  # a session each: the kernel shares the machine among sessions
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo", init_method=f"file://{meet}", rank=rank, world_size=settings.processes
    )
    _Run(rank, settings, counter).run(lambda: os.getppid() == parent)
    dist.destroy_process_group()


class _Run:
    """One process of a training run."""

    def __init__(self, rank: int, settings: Settings, counter: Any) -> None:
        self.rank, self.settings, self.counter = rank, settings, counter
        base = base_model(settings.base, Path(settings.out).parent)
        self.vocabulary = read_vocabulary(base / "tokenizer.json")
        self.examples = [
            example
            for folder in (settings.corpus, settings.more)
            if folder
            for example in read_corpus(Path(folder), self.vocabulary)
        ]
        self.targets = make_targets(self.examples, settings)
        torch.manual_seed(settings.seed)
        self.model = Tagger(base, settings.dropout)
        self.model.encoder.to(torch.bfloat16)
        self.layers = self.model.encoder.config.num_hidden_layers
        self.named = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        self.masters = [p.detach().float().clone() for _, p in self.named]
        self.optimizer = torch.optim.AdamW(
            [self._group(n, m) for (n, _), m in zip(self.named, self.masters, strict=True)],
            betas=(0.9, 0.98),
            fused=True,
        )
        sizes = [m.numel() for m in self.masters]
        self.flat = torch.zeros(sum(sizes))
        parts = self.flat.split(sizes)
        self.gradients = [p.view_as(m) for p, m in zip(parts, self.masters, strict=True)]
        for master, gradient in zip(self.masters, self.gradients, strict=True):
            master.grad = gradient
        self.handed = 0

    def _group(self, name: str, master: Tensor) -> dict[str, Any]:
        settings = self.settings
        if name.startswith("encoder."):
            layer = re.search(r"\.layer\.(\d+)\.", name)
            below = self.layers - (int(layer[1]) + 1 if layer else 0)
            rate = settings.rate * settings.layer_decay**below
        else:
            rate = settings.chain_rate if name in ("trans", "start") else settings.head_rate
        flat = master.dim() < 2 or name == "trans"
        return {
            "params": [master],
            "lr": rate,
            "peak": rate,
            "weight_decay": 0.0 if flat else settings.decay,
        }

    def run(self, wanted: Callable[[], bool]) -> None:
        """Train to the end, or as long as *wanted* says so."""
        settings = self.settings
        batches = self._epoch(0)
        per = len(batches)
        total = int(per * settings.epochs)
        step = self._resume()
        self._say(f"{len(self.examples)} articles, {per} steps an epoch, {total} in all")
        began, at_first, mean = time.monotonic(), step, 0.0
        while step < total and wanted():
            number, inside = divmod(step, per)
            if inside == 0 or step == at_first:
                batches = self._epoch(number)
                torch.manual_seed(settings.seed * 1000 + number * 10 + self.rank)
            # Epochs differ by a batch or two, as windows fall otherwise.
            loss = self._step(batches[inside % len(batches)], step, total)
            step += 1
            mean = loss if mean == 0.0 else 0.98 * mean + 0.02 * loss
            if step % 20 == 0:
                spent = time.monotonic() - began
                left = spent / (step - at_first) * (total - step) / 60
                self._say(f"step {step}/{total}  loss {mean:.4f}  {left:.0f} minutes left")
            if step % _SAVE_EVERY == 0 or step == total:
                self._save(step)

    def _epoch(self, number: int) -> list[list[Sample]]:
        settings = self.settings
        seed = f"{settings.seed}/{number}"
        return epoch(
            self.examples, self.targets, self.vocabulary, settings.window, settings.pieces, seed
        )

    def _step(self, samples: list[Sample], step: int, total: int) -> float:
        settings = self.settings
        warm = settings.warm * total
        share = (step + 1) / warm if step < warm else (total - step) / (total - warm)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        self.model.train()
        self.model.zero_grad(set_to_none=True)
        words = sum(len(sample.encoded.firsts) for sample in samples)
        loss = torch.zeros(1)
        for part in self._parts([samples[at::_MICRO] for at in range(_MICRO)]):
            if part:
                one = self._loss(part) / words
                one.backward()  # type: ignore[no-untyped-call]
                loss += one.item()
        for (_, parameter), gradient in zip(self.named, self.gradients, strict=True):
            if parameter.grad is None:
                gradient.zero_()
            else:
                gradient.copy_(parameter.grad)
        dist.all_reduce(self.flat)
        dist.all_reduce(loss)
        norm = self.flat.norm().item()
        if norm > 1:
            self.flat /= norm
        self.optimizer.step()
        self._hand_down()
        return loss.item()

    def _parts(self, parts: list[list[Sample]]) -> Iterator[list[Sample]]:
        """Yield parts of a batch as this process comes round to them."""
        while True:
            with self.counter.get_lock():
                number = self.counter.value - self.handed
                self.counter.value += 1
            if number >= len(parts):
                break
            yield parts[number]
        self.handed += len(parts) + self.settings.processes

    def _loss(self, samples: list[Sample]) -> Tensor:
        settings = self.settings
        batch = collate(samples)
        ids = batch.ids
        if settings.masked:
            hidden = (torch.rand(ids.shape) < settings.masked) & (batch.mask > 0)
            hidden &= (ids != self.vocabulary.opening) & (ids != self.vocabulary.separator)
            ids = ids.masked_fill(hidden, self.vocabulary.mask)
        emissions, words, cues = self.model(ids, batch.mask, batch.features)
        at_words = _gathered(emissions, batch.firsts)
        chain = chain_loss(
            at_words, batch.words, batch.starts, self.model.scores(), batch.nodes, batch.pairs
        )
        if not len(batch.cue_window):
            return chain
        of_cues = _gathered(cues, batch.firsts)[batch.cue_window.unsqueeze(1), batch.cue_words]
        link = link_loss(
            self.model,
            _gathered(words, batch.firsts),
            (of_cues * batch.cue_weights.unsqueeze(2)).sum(1),
            batch.cue_window,
            batch.distances,
            batch.goal,
        )
        return chain + settings.link_weight * link

    def _hand_down(self) -> None:
        with torch.no_grad():
            for (_, parameter), master in zip(self.named, self.masters, strict=True):
                parameter.copy_(master)

    def _resume(self) -> int:
        path = Path(self.settings.out) / CHECKPOINT
        if not path.exists():
            if self.settings.begin:
                self._take(torch.load(Path(self.settings.begin) / CHECKPOINT, weights_only=True))
                self._hand_down()
            return 0
        kept = torch.load(path, weights_only=True)
        self._take(kept)
        peaks = [group["peak"] for group in self.optimizer.param_groups]
        self.optimizer.load_state_dict(kept["optimizer"])
        for group, peak in zip(self.optimizer.param_groups, peaks, strict=True):
            group["peak"] = peak
        self._hand_down()
        self._say(f"going on from step {kept['step']}")
        return int(kept["step"])

    def _take(self, kept: dict[str, Any]) -> None:
        for master, value in zip(self.masters, kept["masters"], strict=True):
            master.data.copy_(value)

    def _save(self, step: int) -> None:
        if self.rank == 0:
            path = Path(self.settings.out) / CHECKPOINT
            state = {name: value.float() for name, value in self.model.state_dict().items()}
            names = [name for name, _ in self.named]
            state |= {n: m.clone() for n, m in zip(names, self.masters, strict=True)}
            kept = {
                "step": step,
                "settings": json.dumps(asdict(self.settings)),
                "masters": self.masters,
                "optimizer": self.optimizer.state_dict(),
                "model": state,
            }
            torch.save(kept, path.with_suffix(".new"))
            path.with_suffix(".new").replace(path)
        dist.barrier()

    @property
    def _say(self) -> Callable[[str], None]:
        return _print if self.rank == 0 else lambda _: None


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _gathered(of_pieces: Tensor, firsts: Tensor) -> Tensor:
    """Return [B, W, size], what the first piece of each word has, of [B, L, size]."""
    return of_pieces.gather(1, firsts.unsqueeze(2).expand(-1, -1, of_pieces.size(2)))
