"""Commands of the training: see ``--help``."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import fields
from itertools import chain
from pathlib import Path

from provenance.common.extras import missing
from provenance.extraction.tagger.tagger import NETWORK, PRONOUNS, SCORER, WEIGHTS, load_tagger


def main() -> None:
    """Read the options and do what they say."""
    try:
        from training.pronouns.learning import Settings
    except ModuleNotFoundError as error:
        sys.exit(f"prov: {missing('train', f'training needs the package {error.name}')}")

    parser = argparse.ArgumentParser(
        prog="python -m training.pronouns", description=__doc__.partition(":")[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    mask = commands.add_parser("mask", help="make lessons of news that nobody has annotated")
    mask.add_argument("folders", type=Path, nargs="+", help="folders of .txt files")
    mask.add_argument("out", type=Path, help="the file to write")
    mask.add_argument("--articles", type=int, help="of each folder, the first so many")
    gather = commands.add_parser("gather", help="make lessons of annotated coreference")
    for command in (gather, commands.add_parser("fit", help="print the weights of features")):
        command.add_argument("gum", type=Path, help="the folder of GUM's .conllu files")
        command.add_argument("gap", type=Path, help="the validation split of GAP")
    gather.add_argument("out", type=Path, help="the file to write")
    train = commands.add_parser("train", help="train a judge")
    train.add_argument("silver", type=Path, help="what `mask` wrote")
    train.add_argument("gold", type=Path, help="what `gather` wrote")
    train.add_argument("out", type=Path, help="the folder of its weights")
    train.add_argument("--begin", type=Path, help="the folder of a judge to go on from")
    for field in fields(Settings):
        train.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default))
    export = commands.add_parser("export", help="write a judge as the weights that ship")
    export.add_argument("judge", type=Path, help="the folder of its weights")
    export.add_argument("--out", type=Path, default=WEIGHTS)
    given = vars(parser.parse_args())
    doing: dict[str, Callable[..., None]] = {
        "mask": _mask,
        "gather": _gather,
        "train": _train,
        "export": _export,
        "fit": _fit,
    }
    doing[given.pop("command")](**given)


def _mask(folders: list[Path], out: Path, articles: int | None) -> None:
    from training.pronouns.lessons import write_texts
    from training.pronouns.masking import masked_texts

    texts = chain.from_iterable(masked_texts(folder, articles) for folder in folders)
    print(write_texts(texts, out), "lessons")  # noqa: T201


def _gather(gum: Path, gap: Path, out: Path) -> None:
    from training.pronouns.annotated import annotated_texts
    from training.pronouns.lessons import write_texts

    print(write_texts(annotated_texts(gum, gap), out), "lessons")  # noqa: T201


def _train(silver: Path, gold: Path, out: Path, begin: Path | None, **given: float | None) -> None:
    from training.pronouns.learning import Settings, train
    from training.pronouns.windows import prepare

    tagger, cache = load_tagger(), out.parent / "vectors"
    settings = Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    texts = [prepare(path, tagger, cache) for path in (silver, gold)]
    train(texts[0], texts[1], WEIGHTS / NETWORK, out, settings, begin)


def _export(judge: Path, out: Path) -> None:
    from training.pronouns.learning import load
    from training.pronouns.network import export

    out.mkdir(parents=True, exist_ok=True)
    export(load(judge), out / PRONOUNS, out / SCORER)


def _fit(gum: Path, gap: Path) -> None:
    from training.pronouns.fitting import choices, fit

    for name, weight in fit(list(choices(gum, gap, load_tagger()))).items():
        print(f'    "{name}": {weight},')  # noqa: T201


if __name__ == "__main__":
    main()
