"""The judge of pronouns in torch: three layers above the tagger's inner vectors, and a scorer."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from provenance.extraction.tagger.referents import DISTANCES
from provenance.extraction.tagger.tagger import VECTOR
from training.tagger.export import INNER

LAYERS: Final = 3
HEADS: Final = 12
WIDE: Final = 1536
SIZE: Final = 128
_SHIFT: Final = -1e4  # what is no word gets this from attention
_PARTS: Final = {
    "query": "attention/self/query",
    "key": "attention/self/key",
    "value": "attention/self/value",
    "out": "attention/output/dense",
    "up": "intermediate/dense",
    "down": "output/dense",
}
_NORMS: Final = {"after": "attention.output.LayerNorm", "last": "output.LayerNorm"}


class Layer(nn.Module):
    """A layer of BERT (Devlin et al., NAACL 2019)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(VECTOR, VECTOR) for _ in range(4))
        self.after, self.last = (nn.LayerNorm(VECTOR, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(VECTOR, WIDE), nn.Linear(WIDE, VECTOR)
        self.dropout = nn.Dropout(dropout)

    def forward(self, given: Tensor, bias: Tensor) -> Tensor:
        """Return the vectors [B, W, `VECTOR`] that leave the layer."""
        batch, words, _ = given.shape
        query, key, value = (
            part(given).view(batch, words, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(2, 3)) + bias
        mixed = torch.matmul(torch.softmax(weights, -1), value).transpose(1, 2)
        mixed = self.after(given + self.dropout(self.out(mixed.reshape(batch, words, VECTOR))))
        wide = functional.gelu(self.up(mixed))
        return self.last(mixed + self.dropout(self.down(wide)))


class JudgeNetwork(nn.Module):
    """The layers, and what words give as pronouns and as names."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.of_pronoun = nn.Linear(VECTOR, SIZE)
        self.of_name = nn.Linear(VECTOR, SIZE, bias=False)
        self.distance = nn.Embedding(DISTANCES, SIZE)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.score = nn.Linear(SIZE, 1, bias=False)

    def forward(self, inner: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return what words give as pronouns and as names [B, W, `SIZE`].

        Args:
            inner: [B, W, `VECTOR`].
            words: [B, W], true where there is a word.
        """
        bias = torch.zeros(words.shape, dtype=inner.dtype).masked_fill(~words, _SHIFT)
        for layer in self.layers:
            inner = layer(inner, bias[:, None, None, :])
        inner = self.dropout(inner.float())
        return self.of_pronoun(inner), self.of_name(inner)

    def pairs(self, pronouns: Tensor, names: Tensor, classes: Tensor) -> Tensor:
        """Return the scores [P] of pairs; *classes* are those of their distances."""
        hidden = torch.relu(pronouns + names + self.distance(classes))
        return self.score(hidden).squeeze(-1)


def begin_from_tagger(model: JudgeNetwork, path: Path) -> None:
    """Give *model* the upper layers of the tagger whose network lies at *path*."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    products = {n.name: n for n in graph.node if n.op_type in ("MatMul", "MatMulInteger")}
    for number, layer in enumerate(model.layers, INNER):
        inside = f"encoder/encoder/layer.{number}/"
        for name, place in _PARTS.items():
            node = next(n for key, n in products.items() if f"/{inside}{place}/MatMul" in key)
            part = getattr(layer, name)
            part.weight.data = torch.from_numpy(_weight(node, held).T.copy())
            part.bias.data = _held(held, (inside + place).replace("/", ".") + ".bias")
        for name, place in _NORMS.items():
            norm, where = getattr(layer, name), inside.replace("/", ".") + place
            norm.weight.data = _held(held, where + ".weight")
            norm.bias.data = _held(held, where + ".bias")


def _held(held: dict[str, Any], end: str) -> Tensor:
    return torch.from_numpy(
        next(array for name, array in held.items() if name.endswith(end)).copy()
    )


def _weight(node: Any, held: dict[str, Any]) -> Any:
    """Return the weights of a product, out of eight bits where they are in eight."""
    name = node.input[1]
    if node.op_type == "MatMul":
        return held[name]
    stem = name.removesuffix("_quantized")
    whole = held[name].astype(np.float32) - held[f"{stem}_zero_point"].astype(np.float32)
    return whole * held[f"{stem}_scale"]


class _Exported(nn.Module):
    """What runs: one window, all of it words."""

    def __init__(self, model: JudgeNetwork) -> None:
        super().__init__()
        self.model = model

    def forward(self, inner: Tensor) -> tuple[Tensor, Tensor]:
        """Return what words give as pronouns and as names [W, `SIZE`], from [W, `VECTOR`]."""
        given = inner.unsqueeze(0)
        of_pronouns, of_names = self.model(given, torch.ones(given.shape[:2], dtype=torch.bool))
        return of_pronouns[0], of_names[0]


def export(model: JudgeNetwork, network: Path, scorer: Path) -> None:
    """Write *model* into the two files that ship, the layers in half precision."""
    model.eval()
    whole = network.with_suffix(".whole.onnx")
    torch.onnx.export(
        _Exported(model),
        (torch.zeros(40, VECTOR),),
        str(whole),
        input_names=["inner"],
        output_names=["of_pronouns", "of_names"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={name: {0: "words"} for name in ("inner", "of_pronouns", "of_names")},
    )
    halve(whole, network)
    whole.unlink()
    np.savez(
        scorer,
        distance=model.distance.weight.detach().numpy(),
        weight=model.score.weight.detach().numpy()[0],
    )


def halve(whole: Path, path: Path) -> None:
    """Write the network at *whole* with matrices in half precision, widened when it is loaded."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(whole))
    kept, casts = [], []
    for one in model.graph.initializer:
        array = numpy_helper.to_array(one)
        if array.ndim < 2 or array.dtype != np.float32:
            kept.append(one)
            continue
        kept.append(numpy_helper.from_array(array.astype(np.float16), f"{one.name}_half"))
        casts.append(
            onnx.helper.make_node(
                "Cast", [f"{one.name}_half"], [one.name], to=onnx.TensorProto.FLOAT
            )
        )
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
