"""A trained network as a tagger that runs in torch, to measure it and to let it teach."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from provenance.extraction.tagger.inputs import WINDOW, read_vocabulary
from provenance.extraction.tagger.pairing import Scorer
from provenance.extraction.tagger.sections import Integers
from provenance.extraction.tagger.tagger import Tagger as RunningTagger
from provenance.extraction.tagger.viterbi import Chain, Floats
from training.tagger.base import base_model
from training.tagger.network import Tagger
from training.tagger.train import CHECKPOINT


def load_model(out: Path) -> tuple[Tagger, Path]:
    """Return the network of the training run in *out*, in float32, and its base model's folder."""
    kept = torch.load(out / CHECKPOINT, weights_only=True)
    base = base_model(json.loads(kept["settings"]).get("base", "minilm"), out.parent)
    model = Tagger(base)
    model.load_state_dict(kept["model"])
    return model.eval(), base


def _settings(out: Path) -> dict[str, Any]:
    kept = torch.load(out / CHECKPOINT, weights_only=True, mmap=True)
    return dict(json.loads(kept["settings"]))


def load_mean(outs: Sequence[Path]) -> tuple[Tagger, Path]:
    """Return the mean of the networks of several runs that began alike, and their base's folder.

    A "model soup": Wortsman et al., ICML 2022.
    """
    model, base = load_model(outs[0])
    states = [load_model(out)[0].state_dict() for out in outs]
    mean = {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}
    model.load_state_dict(mean)
    return model, base


def load_running(out: Path) -> RunningTagger:
    """Return the tagger of the training run in *out*, its encoder in bfloat16."""
    model, base = load_model(out)
    model.encoder.to(torch.bfloat16)

    def network(ids: Integers, mask: Integers, features: Integers) -> tuple[Floats, Floats, Floats]:
        with torch.no_grad():
            given = (torch.from_numpy(one) for one in (ids, mask, features))
            emissions, of_words, of_cues = model(*given)
        return emissions.numpy(), of_words.numpy(), of_cues.numpy()

    trans, start = (one.detach().numpy() for one in model.scores())
    link, distance = model.link, model.distance.weight.detach().numpy()
    scorer = Scorer(distance, link.weight.detach().numpy(), link.bias.detach().numpy())
    vocabulary = read_vocabulary(base / "tokenizer.json")
    window = _settings(out).get("window", WINDOW)
    return RunningTagger(vocabulary, network, Chain(trans, start), scorer, window=window)
