"""Write a trained network as the files that ship: ONNX in eight bits, and its heads."""

import shutil
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from provenance.extraction.tagger.tagger import HEADS, NETWORK, TOKENIZER
from training.tagger.network import Tagger

_INPUTS = ("ids", "mask", "features")
_OUTPUTS = ("emissions", "of_words", "of_cues", "inner")
INNER = 3
"""After how many layers the inner vectors are taken, which pronouns are judged by."""


class _Exported(nn.Module):
    """What runs: the tagger, and the inner vectors beside its own outputs."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Return emissions, both vectors of links, and the inner vectors."""
        states = self.model.encode(ids, mask, features)
        return *self.model.heads(states[-1]), states[INNER].float()


def export(
    model: Tagger, base: Path, folder: Path, *, quantized: bool = True, outside: float = 0.0
) -> None:
    """Write *model* into *folder*.

    Eight bits are the word embeddings and the matrices of attention; the two of each feed-forward
    layer stay as they are: nearly all of what quantization loses is lost there.

    Args:
        model: In float32.
        base: Where the base model lies, for its tokenizer.
        folder: Is made if it does not exist.
        quantized: Dynamic quantization of weights by channel; else all is float32.
        outside: Added to the score of O: more of it gives precision, less gives recall.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    with torch.no_grad():
        model.emit.bias[0] += outside
    whole = folder / ("whole.onnx" if quantized else NETWORK)
    _write(model, whole)
    if quantized:
        _quantize(whole, folder / NETWORK)
        whole.unlink()
    trans, start = model.scores()
    np.savez(
        folder / HEADS,
        trans=trans.detach().numpy(),
        start=start.detach().numpy(),
        distance=model.distance.weight.detach().numpy(),
        weight=model.link.weight.detach().numpy(),
        bias=model.link.bias.detach().numpy(),
    )
    shutil.copyfile(base / "tokenizer.json", folder / TOKENIZER)


def _write(model: Tagger, path: Path) -> None:
    ids = torch.randint(1000, 2000, (2, 32))
    mask = torch.ones_like(ids)
    mask[1, 20:] = 0
    torch.onnx.export(
        _Exported(model),
        (ids, mask, torch.zeros_like(ids)),
        str(path),
        input_names=list(_INPUTS),
        output_names=list(_OUTPUTS),
        opset_version=17,
        dynamo=False,
        dynamic_axes={name: {0: "batch", 1: "length"} for name in (*_INPUTS, *_OUTPUTS)},
    )


def _quantize(whole: Path, path: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    products = [n.name for n in onnx.load(str(whole)).graph.node if n.op_type == "MatMul"]
    quantize_dynamic(
        str(whole),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=[name for name in products if "/attention/" not in name],
        op_types_to_quantize=["MatMul", "Gather"],
    )
