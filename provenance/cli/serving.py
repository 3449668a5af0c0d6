"""``prov serve``: a desk to work at, in a browser."""

from pathlib import Path
from typing import Any

import click

from provenance.cli import options
from provenance.cli.terminal import say


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov serve"
        "\n  prov serve dam/"
        "\n  prov serve dam/ --port 8080 --no-browser"
        "\n  curl -s localhost:8080/sparql --data-urlencode query='ASK {}'"
    )
)
@click.argument("store", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port to listen on; by default any free one.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; one that other machines can reach requires a token.",
)
@click.option(
    "--name", "names", multiple=True, help="Another host name by which it can be reached."
)
@click.option("--token", is_flag=True, help="Require a token on this machine, too.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A site whose pages may send queries, such as https://yasgui.org.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--timeout",
    type=options.Number(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take.",
)
@click.option(
    "--who",
    envvar="PROV_CURATOR",
    metavar="NAME",
    help="Who makes the corrections; by default PROV_CURATOR from the environment, else"
    " your user name.",
)
@click.option("--force", is_flag=True, help="Accept text that is not English or too long.")
@options.base_iri
def serve(store: Path | None, no_browser: bool, timeout: float, **how: Any) -> None:
    """Open STORE in a browser: add articles, correct them, compare them, run queries.

    STORE is a folder written by prov build --store, created if it does not exist; by default it is
    a temporary folder, which is kept. By default only this machine can connect. The only requests
    sent out are for addresses that you give. Stop it with Ctrl-C.
    """
    from getpass import getuser
    from tempfile import mkdtemp

    from provenance.desk.guard import Limits
    from provenance.desk.server import Place, serve
    from provenance.gathering import Settings

    folder = store if store is not None else Path(mkdtemp(prefix="prov-desk-")) / "store"
    place = Place(how["host"], how["port"], how["names"], how["token"], how["origins"])
    settings = Settings(force=how["force"], base_iri=how["base_iri"])

    def ready(address: str) -> None:
        say(f"{folder} is served at {address} (Ctrl-C ends it)", err=True)

    limits = Limits(query=timeout)
    serve(
        folder,
        settings,
        place,
        how["who"] or getuser(),
        limits=limits,
        ready=ready,
        browser=not no_browser,
    )
