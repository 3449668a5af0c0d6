"""Every error that a caller can be expected to handle."""


class ProvenanceError(Exception):
    """Base of all errors of this package: a fault of the world, described in one line."""


class ArticleError(ProvenanceError):
    """An article cannot be read, decoded or understood as one."""


class RecordError(ProvenanceError):
    """A file of records (RDF or JSON) does not contain what was asked for."""


class LimitError(RecordError):
    """A query takes more time or memory than it may have."""


class ExtractionError(ProvenanceError):
    """An extractor cannot be loaded, or fails on an article."""


class ResolutionError(ProvenanceError):
    """Judgements contradict each other, or a registry cannot be read."""


class GraphError(ProvenanceError):
    """A graph is incomplete, or has no such source."""


class StoreError(ProvenanceError):
    """A store is unreachable or refuses."""


class EngineError(ProvenanceError):
    """Work was lost between processes."""


class MissingExtraError(ProvenanceError):
    """What was asked for needs an extra that is not installed."""


def fault(name: str, error: BaseException) -> ProvenanceError:
    """Return what to report of *error*, a bug of ours that the article *name* triggered."""
    why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return ProvenanceError(f"cannot build {name}: a bug in prov, please report it ({why})")
