"""Where does this news come from? Source-provenance graphs from news articles.

`build` reads an article and returns its `Graph`; `read` reads a graph back from a file.

In: an article, or a file of RDF that `prov` wrote. Out: its `Graph`.
Never: import anything before a name is asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.errors import ProvenanceError
    from provenance.pipeline import Graph, build, read

__version__ = "0.2.0"
__all__ = ["Graph", "ProvenanceError", "__version__", "build", "read"]

_HOMES = {
    "Graph": "provenance.pipeline",
    "ProvenanceError": "provenance.errors",
    "build": "provenance.pipeline",
    "read": "provenance.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562): ``prov --help`` needs none."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, whether or not they were imported yet."""
    return sorted({*globals(), *__all__})
