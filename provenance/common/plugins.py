"""Find an implementation by name, importing it only when asked for.

Somebody else's package adds one by an entry point in the group ``provenance.extractors``.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from provenance.errors import ExtractionError, MissingExtraError, ProvenanceError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

BUILT_IN: dict[str, dict[str, str]] = {
    "extractors": {
        "syntax": "provenance.extraction.syntax:SyntaxExtractor",
        "tagger": "provenance.extraction.tagged:TaggerExtractor",
    },
}
ASKED = "llm"
"""The extractor that is a language model; it makes whole graphs (`readings.asking`)."""
_ERRORS: dict[str, type[ProvenanceError]] = {"extractors": ExtractionError}


def plugin_names(group: str) -> tuple[str, ...]:
    """Return the names that *group* has, built in and installed, sorted."""
    asked = {ASKED} if group == "extractors" else set()
    return tuple(sorted({e.name for e in _installed(group)} | BUILT_IN[group].keys() | asked))


def load_plugin(group: str, name: str) -> Any:
    """Return the class or function called *name* in *group*; a built-in one goes first.

    Raises:
        MissingExtraError: It needs a package that is not installed.
        ProvenanceError: The one that suits the group: there is none of that name.
    """
    try:
        if target := BUILT_IN[group].get(name):
            module, _, attribute = target.partition(":")
            return getattr(import_module(module), attribute)
        for entry in _installed(group):
            if entry.name == name:
                return entry.load()
    except ImportError as error:
        one = group.removesuffix("s")
        raise MissingExtraError(f"cannot load the {one} {name!r}: {error}") from error
    known = ", ".join(plugin_names(group))
    raise _ERRORS[group](f"no such {group.removesuffix('s')}: {name!r} (there are {known})")


def _installed(group: str) -> "Iterator[EntryPoint]":
    from importlib.metadata import entry_points  # slow, and mostly a built-in one is wanted

    yield from entry_points(group=f"provenance.{group}")
