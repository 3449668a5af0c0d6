"""Every error that a caller can be expected to handle."""


class ProvenanceError(Exception):
    """Base of all errors of this package: a fault of the world, told in one line."""


class ArticleError(ProvenanceError):
    """An article cannot be read, decoded or understood as one."""


class RecordError(ProvenanceError):
    """A file of records (RDF or JSON) does not hold what was asked of it."""


class ExtractionError(ProvenanceError):
    """An extractor cannot be loaded, or fails on an article."""


class ResolutionError(ProvenanceError):
    """Judgements contradict each other, or a registry cannot be read."""


class GraphError(ProvenanceError):
    """A graph is not whole, or has no such source."""


class StoreError(ProvenanceError):
    """A store is unreachable or refuses."""


class EngineError(ProvenanceError):
    """Work was lost between processes."""


class MissingExtraError(ProvenanceError):
    """Something that was asked for needs an extra that is not installed."""
