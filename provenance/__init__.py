"""Where does this news come from? Source-provenance graphs from news articles.

>>> import provenance
>>> graph = provenance.build("article.txt")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.pipeline import Graph, build, read

__all__ = ["Graph", "build", "read"]


def __getattr__(name: str) -> Any:
    """Import what is public when it is asked for: ``prov --help`` needs none of it."""
    if name in __all__:
        from provenance import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
