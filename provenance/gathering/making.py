"""Turn an item into what is kept of it: its graph as N-Quads, and what it is compared by."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from provenance import __version__, vocab
from provenance.analysis import brief_of
from provenance.analysis.packing import pack
from provenance.articles.corpus import read_item
from provenance.common.files import is_file, read_bytes
from provenance.common.plugins import ASKED
from provenance.corrections import SUFFIX, log_path, read_log, replay
from provenance.errors import ProvenanceError, RecordError, fault
from provenance.extraction import load_extractor
from provenance.model import Article, Failure, Item, SourceGraph
from provenance.pipeline import DEFAULT_EXTRACTOR, build_record
from provenance.rdf import read_graphs, write_graphs
from provenance.readings import build_from_reading
from provenance.readings.asking import Asking, prompt_digest
from provenance.readings.loading import reading_of

LOGS = "corrections"
"""The folder within a store of the logs of what is no file of its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How graphs are built; `pipeline.build` explains each option.

    Attributes:
        reading: A file, or a folder of files, of what others found in the articles.
        keep_going: Whether to leave out what does not hold in a reading.
        asking: Which model the extractor "llm" asks, and how.
    """

    extractor: str = DEFAULT_EXTRACTOR
    registry: tuple[str, ...] = ()
    min_score: float = 0.0
    force: bool = False
    base_iri: str | None = None
    text: bool = True
    reading: str = ""
    keep_going: bool = False
    asking: Asking | None = None

    def digest(self) -> str:
        """Return the SHA-256 in hex of all that a graph depends on besides its article."""
        weights = "" if self.reading else "".join(map(_digest_of, self.extractor.split("+")))
        files = [hashlib.sha256(read_bytes(Path(f))).hexdigest() for f in self.registry]
        known = replace(
            self,
            registry=tuple(files),
            reading="given" if self.reading else "",
            asking=self.asking.identity() if self.asking else None,
        )
        words = sorted(vocab.TERMS)  # a graph in other words is built again
        whole = json.dumps([__version__, words, weights, asdict(known)], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


def _digest_of(extractor: str) -> str:
    """Return the digest of what *extractor* reads by, "" where the version alone identifies it."""
    if extractor == DEFAULT_EXTRACTOR:
        from provenance.extraction.tagger.tagger import WEIGHTS, digest_of

        return digest_of(WEIGHTS)
    if extractor == ASKED:
        return prompt_digest()
    load_extractor(extractor)  # says now that there is none of that name
    return ""


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept of an article.

    Attributes:
        article: Its IRI.
        key: What it was built with.
        quads: Its named graph as N-Quads.
        brief: What it is compared by, packed.
        text: What it says, "" where that is left out.
        lacks: What is missing from it, in words.
    """

    article: str
    key: str
    quads: bytes
    brief: bytes
    text: str
    lacks: str = ""


def key_of(digest: str, log: Path, location: str = "", reading: str = "") -> str:
    """Return the stamp of how the article at *location* is built.

    That is the settings, the corrections in its *log*, and what others found in it: its *reading*.
    """
    told = [log.read_bytes()] if is_file(log) else []
    if reading:
        with suppress(RecordError):  # who builds it says that there is none
            told.append(reading_of(Path(reading), location)[0])
    return hashlib.sha256(digest.encode() + b"".join(told)).hexdigest() if told else digest


def uncorrected(item: Item, settings: Settings) -> SourceGraph:
    """Return the graph of *item* before any corrections."""
    return _graph_of(read_item(item, force=settings.force), item, settings)


def _graph_of(article: Article, item: Item, settings: Settings) -> SourceGraph:
    if settings.reading:
        data, name = reading_of(Path(settings.reading), item.location)
        return build_from_reading(article, data, name, keep_going=settings.keep_going)[0]
    return build_record(
        article,
        extractor=settings.extractor,
        registry=settings.registry,
        min_score=settings.min_score,
        force=settings.force,
        asking=settings.asking,
    )


def log_of(location: str, store: Path | None = None) -> Path:
    """Return where the corrections of the article at *location* are kept.

    Beside its file; what is no file of its own, but a page of the web or of an archive, has them
    within the *store* that it is built into.
    """
    beside = log_path(Path(location))
    if store is None or is_file(location) or is_file(beside):
        return beside
    return log_within(store, location)


def log_within(store: Path, location: str) -> Path:
    """Return where within *store* the corrections of what is no file of its own are kept."""
    return store / LOGS / f"{hashlib.sha256(location.encode()).hexdigest()[:32]}{SUFFIX}"


def make(item: Item, settings: Settings, key: str, log: Path | None = None) -> Made | Failure:
    """Return what is kept of *item*, or why that fails; its corrections are in *log*."""
    try:
        article = read_item(item, force=settings.force)
        record = _graph_of(article, item, settings)
        record, _ = replay(record, read_log(log or log_of(item.location)))
        quads = write_graphs([record], "nquads", base_iri=settings.base_iri, text=settings.text)
        if not settings.text:
            (record,) = read_graphs(quads, "nquads")
    except ProvenanceError as error:
        return Failure(location=item.location, reason=str(error))
    except Exception as error:  # one article must not end a run over a million  # noqa: BLE001
        return Failure(location=item.location, reason=str(fault(item.location, error)))
    name = vocab.article_iri(record.article.digest, settings.base_iri)
    return Made(name, key, quads, pack(brief_of(record)), record.article.text, article.lacks)
