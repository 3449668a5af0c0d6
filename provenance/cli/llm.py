"""The options of the extractor ``llm``: the language model to ask, where, and how long to wait."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options as common
from provenance.cli.terminal import say
from provenance.common.plugins import ASKED

if TYPE_CHECKING:
    from provenance.readings.asking import Asking

_LONGEST = 86_400


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of the extractor llm to *command*."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--endpoint",
        metavar="URL",
        help="With --extractor llm: where the model is served, such as"
        " http://localhost:11434/v1. Articles are sent there and nowhere else; the key"
        " is read from PROV_LLM_KEY.",
    ),
    click.option(
        "--model", metavar="NAME", help="With --extractor llm: name of the model on that server."
    ),
    click.option(
        "--replies",
        metavar="FOLDER",
        type=click.Path(path_type=Path, file_okay=False),
        help="With --extractor llm: keep replies in this folder, and ask nothing twice;"
        " without --endpoint, use only these. With --store, STORE.replies by default.",
    ),
    click.option(
        "--context",
        type=click.IntRange(1, 10_000_000),
        metavar="TOKENS",
        default=8192,
        show_default=True,
        help="With --extractor llm: size of the model's context; longer articles are sent in"
        " parts.",
    ),
    click.option(
        "--timeout",
        type=common.Number(0.1, _LONGEST),
        metavar="SECONDS",
        default=300.0,
        show_default=True,
        help="With --extractor llm: how long a reply may take.",
    ),
)


def asked(
    given: common.ModelOptions, extractor: str, *, reading: Path | None, store: Path | None = None
) -> "Asking | None":
    """Return the model that *given* says to ask, None if *extractor* asks none.

    Before the first article is sent to another machine, print on standard error where it goes.

    Raises:
        ExtractionError: There is no model, or the endpoint is no address.
    """
    if ASKED not in extractor.split("+"):
        if given.endpoint or given.model:
            raise click.UsageError("--endpoint and --model need --extractor llm")
        return None
    if reading is not None:
        raise click.UsageError(
            "--reading replaces extraction: it cannot be used with --extractor llm"
        )
    from provenance.readings.asking import Asking, is_here

    replies = given.replies or (store and store.with_name(f"{store.name}.replies"))
    asking = Asking(
        model=given.model or "",
        endpoint=given.endpoint or "",
        replies=str(replies.absolute()) if replies else "",
        context=given.context,
        seconds=given.timeout,
    ).checked()
    if asking.endpoint and not is_here(asking.endpoint):
        say(f"articles are sent to {asking.endpoint}, which is not this machine", err=True)
    return asking
