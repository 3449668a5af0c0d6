"""Run the command line: parse options, call one function, print.

In: arguments. Out: text, files, an exit status; an error is one line on standard error.
Never: import more than click at the top of a module, so that ``prov --help`` stays quick.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from provenance import __version__
from provenance.cli.building import build
from provenance.cli.bundling import bundle, verify
from provenance.cli.comparing import independence, sources, timeline
from provenance.cli.correcting import correct
from provenance.cli.evaluating import evaluate
from provenance.cli.inspecting import check, diff, export, trace
from provenance.cli.querying import query
from provenance.cli.serving import serve
from provenance.cli.storing import push, remove
from provenance.cli.terminal import clean, complain, say
from provenance.cli.viewing import view
from provenance.common.files import reason
from provenance.errors import ProvenanceError

_INTERRUPTED = 130
_NO_ROOM = {getattr(errno, name, -1) for name in ("ENOSPC", "EDQUOT", "EFBIG", "EIO")}


@contextmanager
def _cleaned() -> Iterator[None]:
    """Keep control codes of the command line out of the messages about it."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = clean(error.message)
        raise


@contextmanager
def _printed() -> Iterator[None]:
    """Flush what was printed, and report in one line if there is no room for it."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None and not sys.stdout.closed:
                sys.stdout.flush()
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            raise
        with suppress(OSError):
            sys.stdout.close()  # which would try again when we leave
        complain(ProvenanceError(f"cannot write to standard output: {reason(error)}"))
        sys.exit(1)


class _Prov(click.Group):
    """Turn our own errors into one line and exit status 1; a bug keeps its traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they are used."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with the whole of its first sentence."""
        rows = [(name, one.get_short_help_str(1_000)) for name, one in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with _printed(), _cleaned():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter is no bug
                stream.reconfigure(errors="backslashreplace")
        try:
            with _printed(), _cleaned():
                return super().invoke(ctx)
        except ProvenanceError as error:
            complain(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            say("prov: interrupted", err=True)
            ctx.exit(_INTERRUPTED)


@click.group(
    cls=_Prov,
    epilog=(
        "\b\nExample:\n  prov build article.txt --open"
        "\n\n\b\nCompletion in your shell, for bash (zsh and fish alike):"
        '\n  eval "$(_PROV_COMPLETE=bash_source prov)"'
    ),
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "PROV",
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="prov", message="%(prog)s %(version)s")
def main() -> None:
    """Work out where the information in a news article comes from.

    prov reads an article, finds who said what and from whom each of them had it, and writes the
    result as a graph: as RDF for checks and queries, and as a page for a browser.
    """


_ONE = (build, trace, export, view, check, diff, correct, bundle, verify, query, push)
_MANY = (independence, sources, timeline, remove, serve, evaluate)
for _command in (*_ONE, *_MANY):
    main.add_command(_command)
