"""Options and arguments that several commands have in common."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from provenance.readings.asking import Asking

# The suffixes of their files are names for them too.
_ALIASES = {
    "ttl": "turtle",
    "nq": "nquads",
    "nt": "ntriples",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "md": "markdown",
}
_MOST = 1_000_000_000

FORMATS = (
    *("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "json", "html"),
    *("markdown", "csv", "csv-sources", "graphml", "gexf", "provn", "provjson", "provxml"),
)


class Format(click.Choice[str]):
    """One of our formats, by its name or the suffix of its files."""

    def __init__(self) -> None:
        super().__init__(FORMATS, case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name of the format that is called *value*."""
        named = _ALIASES.get(value.lower(), value) if isinstance(value, str) else value
        return super().convert(named, param, ctx)


def format_of(path: str) -> str | None:
    """Return the format that the suffix of *path* names, None where it names none."""
    suffix = Path(path).suffix.removeprefix(".").lower()
    named = _ALIASES.get(suffix, suffix)
    return named if named in FORMATS else None


class Number(click.FloatRange):
    """A finite number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return *value* as a number."""
        number = super().convert(value, param, ctx)
        if not number <= _MOST:  # of what is no number that is untrue
            self.fail(f"{value} is not a number within bounds", param, ctx)
        return number


graph = click.argument("graph", type=click.Path(path_type=Path, allow_dash=True))
base_iri = click.option(
    "--base-iri",
    metavar="IRI",
    help="Prefix of the IRIs of articles; the default is ni: names (RFC 6920).",
)
min_score = click.option(
    "--min-score",
    type=Number(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out hops, disputes and attributions that prov is less sure of.",
)
no_text = click.option(
    "--no-text",
    is_flag=True,
    help="Leave out the article's text, which you may not be allowed to share; keep"
    " quoted evidence.",
)
lean = click.option(
    "--lean",
    is_flag=True,
    help="Write RDF with quotes as its only evidence: a quarter of the size, but it"
    " cannot be read back.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Which language model to ask, where, and how long to wait; by the names of their options."""

    endpoint: str | None
    model: str | None
    replies: Path | None
    context: int
    timeout: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions(ModelOptions):
    """The options of ``prov build``, by their names.

    Attributes:
        fields: Columns of rows, as ``NAME=COLUMN``.
        asking: The model that the options name; None unless one is asked.
    """

    extractor: str
    min_score: float
    published: str | None
    registry: tuple[Path, ...]
    reading: Path | None
    base_iri: str | None
    no_text: bool
    lean: bool
    force: bool
    keep_going: bool
    store: Path | None
    workers: int
    fields: tuple[str, ...]
    engine: str
    master: str | None
    partitions: int | None
    private: bool
    quiet: bool
    verbose: bool
    asking: "Asking | None" = None


def print_data(data: bytes) -> None:
    """Write *data* to standard output unchanged; a terminal gets no control codes of it."""
    if sys.stdout.isatty():
        from provenance.cli.terminal import harmless

        data = harmless(data.decode("utf-8", "replace")).encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
