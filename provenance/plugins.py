"""Find an implementation by name, importing it only when asked for.

Somebody else's package adds one by an entry point in the group ``provenance.extractors``.
"""

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from provenance.errors import ExtractionError, ProvenanceError

BUILT_IN: dict[str, dict[str, str]] = {
    "extractors": {"syntax": "provenance.extraction.syntax:SyntaxExtractor"},
}
_ERRORS: dict[str, type[ProvenanceError]] = {"extractors": ExtractionError}


def plugin_names(group: str) -> tuple[str, ...]:
    """Return the names that *group* has, built in and installed, sorted."""
    installed = {e.name for e in entry_points(group=f"provenance.{group}")}
    return tuple(sorted(installed | BUILT_IN[group].keys()))


def load_plugin(group: str, name: str) -> Any:
    """Return the class or function called *name* in *group*.

    Raises:
        ProvenanceError: The one that suits the group: there is none of that name.
    """
    if target := BUILT_IN[group].get(name):
        module, _, attribute = target.partition(":")
        return getattr(import_module(module), attribute)
    for entry in entry_points(group=f"provenance.{group}"):
        if entry.name == name:
            return entry.load()
    known = ", ".join(plugin_names(group))
    raise _ERRORS[group](f"no such {group.removesuffix('s')}: {name!r} (there are {known})")
