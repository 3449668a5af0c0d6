"""Write a trained reader as it ships."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from provenance.graph.reader import HEADS, RULES, UPPER
from training.pronouns.network import halve
from training.reader.network import SIZE, Network


def export(network: Network, rules: Mapping[str, object], folder: Path) -> None:
    """Write *network* and how its scores are read (*rules*) into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    example = (torch.zeros(1, 8, SIZE), torch.ones(1, 8))
    whole = folder / "whole.onnx"
    torch.onnx.export(
        network.upper,
        example,
        str(whole),
        input_names=["inner", "mask"],
        output_names=["read"],
        dynamic_axes={name: {0: "texts", 1: "words"} for name in ("inner", "mask", "read")},
        opset_version=17,
        dynamo=False,
    )
    halve(whole, folder / UPPER)
    whole.unlink()
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if not name.startswith("upper.")
    }
    np.savez(folder / HEADS, **heads)
    text = json.dumps(rules, indent=1, sort_keys=True)
    (folder / RULES).write_text(f"{text}\n", encoding="utf-8")
