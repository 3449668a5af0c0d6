"""Commands that train the reader; docs/reader.md has them in order.

python -m training.reader --help
"""

import json
import random
from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)
MARKS = Path(__file__).parent / "marks.jsonl.gz"


@click.group(help=__doc__)
def main() -> None:
    """Hold the commands."""


@main.command()
@click.argument("folders", nargs=-1, type=FOLDER, required=True)
@click.option("--out", type=FILE, default=MARKS, show_default=True)
def mark(folders: tuple[Path, ...], out: Path) -> None:
    """Write the stand-off marks of the annotated articles in FOLDERS."""
    from training.reader.marks import write_marks

    click.echo(f"{write_marks(folders, out)} articles")


@main.command()
@click.argument("checkout", type=FOLDER)
@click.argument("out", type=FOLDER)
def gather(checkout: Path, out: Path) -> None:
    """Write the articles in a CHECKOUT of ramybaly/Article-Bias-Prediction as texts in OUT."""
    from training.reader.gather import gather as run

    click.echo(f"{run(checkout, out)} articles")


@main.command()
@click.argument("texts", nargs=-1, type=FOLDER, required=True)
@click.option("--marks", type=FILE, default=MARKS, show_default=True)
@click.option("--out", type=FOLDER, required=True)
def join(texts: tuple[Path, ...], marks: Path, out: Path) -> None:
    """Lay the marks over the articles in TEXTS, NAME.txt each, as annotated articles in OUT."""
    from training.reader.marks import found, read_marks

    out.mkdir(parents=True, exist_ok=True)
    known = {path.stem: path for folder in texts for path in folder.glob("*.txt")}
    count = missing = 0
    for row in read_marks(marks):
        path = known.get(row["article"])
        text, graph = found(row, path.read_text(encoding="utf-8") if path else "")
        if graph is None:
            missing += 1
            continue
        (out / f"{row['article']}.txt").write_text(text, encoding="utf-8")
        target = out / f"{row['article']}.gold.json"
        target.write_text(json.dumps(graph, ensure_ascii=False), encoding="utf-8")
        count += 1
    click.echo(f"{count} articles; {missing} whose text is not there or another")


@main.command()
@click.argument("annotated", nargs=-1, type=FOLDER, required=True)
@click.option("--out", type=FOLDER, required=True)
def prepare(annotated: tuple[Path, ...], out: Path) -> None:
    """Run the extractor over the ANNOTATED articles."""
    from training.reader.prepare import prepare as run

    for folder in annotated:
        click.echo(f"{run(folder, out)} examples")


@main.command()
@click.argument("examples", type=FOLDER)
@click.option("--folds", type=FILE, help="NAME and fold of each article, with a header.")
@click.option("--out", type=FILE, required=True, help="Where the network is kept.")
@click.option("--share", type=click.FloatRange(0, 1), default=1.0, help="Of the examples.")
@click.option("--seed", default=1, show_default=True)
def train(examples: Path, folds: Path | None, out: Path, share: float, seed: int) -> None:
    """Train on EXAMPLES, those of folds 0 and 1 left out; a run that was cut off goes on."""
    import torch

    from provenance.extraction.tagger.tagger import NETWORK, WEIGHTS
    from training.pronouns.network import begin_from_tagger
    from training.reader.network import Network
    from training.reader.prepare import examples as read
    from training.reader.train import train as run

    torch.manual_seed(seed)
    network = Network()
    begin_from_tagger(network.upper, WEIGHTS / NETWORK)
    held = _folds(folds)
    shown = [e for e in read(examples) if held.get(Path(e.name).stem, "") not in {"0", "1"}]
    random.Random(seed).shuffle(shown)
    run(network, shown[: int(len(shown) * share)], out, seed)


@main.command()
@click.argument("examples", type=FOLDER)
@click.argument("network", type=FILE)
@click.option("--folds", type=FILE, required=True)
def export(examples: Path, network: Path, folds: Path) -> None:
    """Write NETWORK as it ships, its thresholds and probabilities by fold 1 of EXAMPLES."""
    import torch

    from provenance.graph.reader import WEIGHTS, load_reader
    from training.reader.calibrate import BEGIN, as_record, calibrate
    from training.reader.export import export as write
    from training.reader.network import Network
    from training.reader.prepare import examples as read

    trained = Network()
    trained.load_state_dict(torch.load(network, weights_only=True)["network"])
    write(trained, as_record(BEGIN), WEIGHTS)
    fold = _folds(folds)
    held = [e for e in read(examples) if fold.get(Path(e.name).stem) == "1"]
    write(trained, as_record(calibrate(load_reader()[0], held)), WEIGHTS)


def _folds(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    rows = path.read_text(encoding="utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


if __name__ == "__main__":
    main()
