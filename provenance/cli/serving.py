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
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Any free one without it.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on; with one that others reach, a token is asked for.",
)
@click.option("--name", "names", multiple=True, help="Another name that it is reached by.")
@click.option("--token", is_flag=True, help="Ask for a token on this machine, too.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A site whose pages may ask queries, https://yasgui.org say.",
)
@click.option("--no-browser", is_flag=True, help="Open no browser.")
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
    help="Whose corrections they are; PROV_CURATOR in the environment, else the user's name.",
)
@click.option("--force", is_flag=True, help="Read articles in other languages and long ones, too.")
@options.base_iri
def serve(store: Path | None, no_browser: bool, timeout: float, **how: Any) -> None:
    """Work at STORE in a browser: add articles, correct them, look across them, ask.

    STORE is the folder of a store as prov build --store makes it, made where there is none; without
    it one is made in a temporary folder that stays. Only this machine can reach it, and nothing
    leaves it but a request for an address that you give. Ctrl-C ends it.
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
