"""``prov bundle`` and ``prov verify``: a graph for somebody else to check."""

import sys
from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.terminal import next_step, say

_UNCHECKED = 3


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
    help="Zip file to write.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that is not a bundle.")
@options.no_text
@click.option(
    "--registry",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Pack this list of known sources too, which the graph was built with.",
)
@click.option(
    "--article",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Pack the article's file too if it is not plain text.",
)
def bundle(
    graph: Path,
    output: Path,
    force: bool,
    no_text: bool,
    registry: tuple[Path, ...],
    article: Path | None,
) -> None:
    """Pack GRAPH, its article's text, its corrections and how it was built into one file.

    The file is a BagIt bag (RFC 8493) with a SHA-256 of each part, which prov verify checks. It has
    the same bytes each time, so that it can be signed.
    """
    from provenance.bundles import make_bundle
    from provenance.cli.outputs import check_ours
    from provenance.common.files import read_bytes, write_whole
    from provenance.errors import RecordError
    from provenance.rdf import read_named_graphs
    from provenance.vocab import base_iri

    if article is not None and no_text:
        raise click.UsageError("--no-text leaves the article out: it cannot be used with --article")
    named = read_named_graphs(read_bytes(graph), name=graph.name)
    if len(named) != 1:
        raise RecordError(f"cannot bundle {graph}: it holds the graphs of {len(named)} articles")
    ((name, record),) = named.items()
    base = base_iri(name, record.article.digest)
    inputs = (graph, *registry, *filter(None, (article,)))
    check_ours(output, "bundle", inputs=inputs, force=force)
    files = [read_bytes(path) for path in registry]
    original = read_bytes(article) if article is not None else None
    data = make_bundle(record, base, text=not no_text, registry=files, original=original)
    write_whole(output, data)
    say(f"wrote {output}", err=True)
    next_step("verify", output, why="what whoever gets it does")


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov verify article.zip"
        "\n  prov verify article.zip --signature article.zip.sig --signers allowed --signer ada"
    )
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--no-rebuild", is_flag=True, help="Do not rebuild the graph from the text.")
@click.option(
    "--signature",
    type=click.Path(path_type=Path, exists=True),
    help="Signature, made by ssh-keygen -Y sign.",
)
@click.option(
    "--signers", type=click.Path(path_type=Path, exists=True), help="SSH's file of allowed signers."
)
@click.option("--signer", metavar="NAME", help="Who must have signed, as listed in --signers.")
def verify(
    file: Path,
    no_rebuild: bool,
    signature: Path | None,
    signers: Path | None,
    signer: str | None,
) -> None:
    """Check the bundle in FILE: bytes, shapes, evidence, and that a rebuild gives the same graph.

    Each problem is printed on one line, and the exit status is then 1. It is 3 when nothing
    contradicts the bundle but something, which is named, could not be checked.
    """
    from provenance.bundles import verify_bundle
    from provenance.common.files import read_bytes

    if signature is not None and (signers is None or signer is None):
        raise click.UsageError("--signature needs --signers and --signer")
    data = read_bytes(file)
    checks = verify_bundle(data, rebuild=not no_rebuild)
    broken = any(check.faults for check in checks)
    for check in checks:
        for fault in check.faults:
            say(f"{check.name}: {fault}")
        if not check.faults:
            told = f"not checked, {check.skipped}" if check.skipped else f"ok {check.note}"
            say(f"{check.name}: {told}")
    if signature is not None:
        fault = _signed(data, signature, str(signers), str(signer))
        say(f"signature: {fault or 'ok'}")
        broken = broken or bool(fault)
    left = [check.name for check in checks if check.skipped]
    verdict = f"nothing contradicts it, but not checked: {', '.join(left)}" if left else "holds"
    say(f"{file}: {'does NOT hold' if broken else verdict}")
    sys.exit(1 if broken else _UNCHECKED if left else 0)


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
