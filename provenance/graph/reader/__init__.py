"""Choose who is a source and who has it from whom, by a network that reads the whole article.

Extraction says who is credited with what, resolution who is who; the network weighs all of it
against the text and decides. `choose` in `provenance.graph.reader.decoding` makes the graph whole.

In: an `Article`, its `Extraction` and `Resolution`. Out: a `Reading`, each choice with its score.
Never: import torch (see `training.reader`); read articles too short for it, which rules do.
"""

import hashlib
import json
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from provenance.common.networks import open_network
from provenance.errors import ExtractionError
from provenance.graph.reader.chances import Line, Rules
from provenance.graph.reader.decoding import Said, choose
from provenance.graph.reader.features import Floats, arrays_of
from provenance.graph.reader.network import Network
from provenance.graph.reader.scene import Scene, scene_of
from provenance.graph.reader.scene import surer as surer
from provenance.model import (
    Article,
    EventKind,
    EventRole,
    Extraction,
    Reading,
    Resolution,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provenance.model import Span

WEIGHTS: Final = Path(__file__).parent / "weights"
UPPER, HEADS, RULES = "reader.onnx", "heads.npz", "rules.json"
SHORTEST: Final = 170
"""Words and marks of a text at the least: the network learnt from articles of 150 words."""


def reads(extraction: Extraction) -> bool:
    """Whether the network can read what was encoded: not what is shorter than any article."""
    return extraction.encoding is not None and len(extraction.encoding.words) >= SHORTEST


def read_sources(
    article: Article,
    extraction: Extraction,
    known: Resolution,
    told: Reading,
) -> Reading:
    """Return the source graph that the network reads in *article*.

    Args:
        article: What is read.
        extraction: What was found in it, with its encoding.
        known: Who is who in it.
        told: Its graph by rules.

    Raises:
        ExtractionError: The text was not encoded, or the weights cannot be loaded.
    """
    if extraction.encoding is None:
        raise ExtractionError("cannot read sources: the text was not encoded")
    network, rules = load_reader()
    scene = scene_of(article, extraction.encoding, extraction, known)
    if not scene.mentions:
        return Reading()
    return choose(network, scene, arrays_of(scene), rules, told, tuple(_said(scene)))


def _said(scene: Scene) -> "Iterator[Said]":
    """Yield the hops that the form of the text says outright: credits, signatures, turns."""
    owners = scene.owner_of()
    for event in scene.extraction.events:
        things = any(p.role is EventRole.ARTEFACT for p in event.participants)
        if event.kind is EventKind.PUBLICATION and not things:
            for part in event.participants:
                if part.role is EventRole.AGENT and part.span in owners:
                    yield Said(owners[part.span], -1, event.sentence)
    yield from _by_form(scene, owners)


def _by_form(scene: Scene, owners: "Mapping[Span, int]") -> "Iterator[Said]":
    """Yield the hops of who is named by a signature or a turn, and of whom he quotes."""
    formal = [a for a in scene.extraction.attributions if not a.is_guess]
    for outer in formal:
        tellers = [owners[s] for s in outer.speakers if s in owners]
        if not outer.depth:
            route = [owners[s] for s in outer.route if s in owners]
            for teller in tellers:
                path = (teller, *(r for r in route if r != teller), -1)
                yield from (Said(one, next_, outer.sentence) for one, next_ in pairwise(path))
        for inner in scene.extraction.attributions:
            if inner.depth == outer.depth + 1 and any(inner.cue[0] in c for c in outer.content):
                told = [owners[s] for s in inner.speakers if s in owners]
                yield from (Said(o, t, inner.sentence) for o, t in product(told, tellers))


@lru_cache(maxsize=4)
def weights_digest(others: str = "", folder: Path = WEIGHTS) -> str:
    """Return the SHA-256 of the digest of *others* and the reader's files in *folder*, in hex."""
    digest = hashlib.sha256(others.encode())
    for name in (UPPER, HEADS, RULES):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def load_reader(folder: Path = WEIGHTS) -> tuple[Network, Rules]:
    """Return the network whose files lie in *folder*, and how its scores are read.

    Raises:
        ExtractionError: A file is missing, or prov did not make it.
    """
    try:
        session = open_network(folder / UPPER)
        with np.load(folder / HEADS, allow_pickle=False) as heads:
            weights = {name: heads[name].astype(np.float32) for name in heads.files}
        known = json.loads((folder / RULES).read_text(encoding="utf-8"))
        rules = Rules(
            article=Line(**known["article"]),
            hop=Line(**known["hop"]),
            dispute=Line(**known["dispute"]),
            same=known["same"],
            told=tuple(known["told"]),
        )
    except Exception as error:  # onnxruntime has errors of its own
        raise ExtractionError(f"cannot load the reader from {folder}: {error}") from error

    def upper(inner: Floats, mask: Floats) -> Floats:
        read: Floats = session.run(None, {"inner": inner, "mask": mask})[0]
        return read

    return Network(upper, weights), rules
