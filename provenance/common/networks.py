"""Open the ONNX networks that ship, so that they give the same on every processor."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

EXACT: Final = ("session.x64quantprecision", "1")
"""Products of bytes are exact too where the processor has no VNNI instructions: else they overflow
there, and texts are read otherwise than elsewhere (``kOrtSessionOptionsAvx2PrecisionMode``)."""


def open_network(path: Path, threads: int = 1) -> "InferenceSession":
    """Return the network in the file at *path*, to run on so many *threads* of this processor."""
    # From 1.29 on it reports to its makers, by default, from the moment it is imported; with this
    # no uploader, no identifier on the disk and no event is made.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry(*EXACT)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
