"""``prov bundle`` and ``prov verify``: a graph for somebody else to check."""

import sys
from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.terminal import say


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov bundle article.ttl -o article.zip"
        "\n  ssh-keygen -Y sign -f ~/.ssh/id_ed25519 -n source-provenance article.zip"
    )
)
@options.graph
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The zip file to write.",
)
@click.option("--force", is_flag=True, help="Write over a file that is not a bundle of prov's.")
@options.no_text
@click.option(
    "--registry",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of known sources that the graph was built with, to go with it.",
)
def bundle(
    graph: Path, output: Path, force: bool, no_text: bool, registry: tuple[Path, ...]
) -> None:
    """Pack GRAPH with its article's text, its corrections and how it was made into one file.

    It is a BagIt bag (RFC 8493) with a SHA-256 of each file, which prov verify checks, and the same
    bytes each time, so that it can be signed.
    """
    from provenance.bundles import make_bundle
    from provenance.cli.outputs import check_ours
    from provenance.errors import RecordError
    from provenance.files import read_bytes, write_whole
    from provenance.rdf import read_named_graphs
    from provenance.vocab import base_iri

    named = read_named_graphs(read_bytes(graph), name=graph.name)
    if len(named) != 1:
        raise RecordError(f"cannot bundle {graph}: it holds the graphs of {len(named)} articles")
    ((name, record),) = named.items()
    base = base_iri(name, record.article.digest)
    check_ours(output, "bundle", inputs=(graph, *registry), force=force)
    files = [read_bytes(path) for path in registry]
    write_whole(output, make_bundle(record, base, text=not no_text, registry=files))
    say(f"wrote {output}", err=True)


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov verify article.zip"
        "\n  prov verify article.zip --signature article.zip.sig --signers allowed --signer ada"
    )
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--no-rebuild", is_flag=True, help="Do not build the graph again from the text.")
@click.option(
    "--signature", type=click.Path(path_type=Path, exists=True), help="Made by ssh-keygen -Y sign."
)
@click.option(
    "--signers", type=click.Path(path_type=Path, exists=True), help="The allowed signers of SSH."
)
@click.option("--signer", metavar="NAME", help="Whose signature it must be, as in --signers.")
def verify(
    file: Path,
    no_rebuild: bool,
    signature: Path | None,
    signers: Path | None,
    signer: str | None,
) -> None:
    """Check the bundle in FILE: every byte, shapes, evidence, and that the same comes out again.

    What does not hold is named, a line each, and the exit status is 1.
    """
    from provenance.bundles import verify_bundle
    from provenance.files import read_bytes

    if signature is not None and (signers is None or signer is None):
        raise click.UsageError("--signature needs --signers and --signer")
    data = read_bytes(file)
    checks = verify_bundle(data, rebuild=not no_rebuild)
    holds = not any(check.faults for check in checks)
    for check in checks:
        for fault in check.faults:
            say(f"{check.name}: {fault}")
        if not check.faults:
            say(f"{check.name}: {f'not checked, {check.skipped}' if check.skipped else 'ok'}")
    if signature is not None:
        fault = _signed(data, signature, str(signers), str(signer))
        say(f"signature: {fault or 'ok'}")
        holds = holds and not fault
    say(f"{file}: {'holds' if holds else 'does NOT hold'}")
    sys.exit(0 if holds else 1)


def _signed(data: bytes, signature: Path, signers: str, signer: str) -> str:
    """Return what is wrong with a signature of OpenSSH, "" if nothing is."""
    import subprocess

    command = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", signer]
    command += ["-n", "source-provenance", "-s", str(signature)]
    try:
        run = subprocess.run(command, input=data, capture_output=True, check=False)
    except OSError:
        return "ssh-keygen is not installed, so it cannot be checked"
    return "" if run.returncode == 0 else f"not by {signer}: {run.stderr.decode(errors='replace')}"
