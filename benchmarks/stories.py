"""Answer the questions of annotated stories by the command line, for their scorer.

    python benchmarks/stories.py STORIES PREDICTIONS [--stores FOLDER]

STORIES has a folder for each story, with articles.jsonl and gold.json. Its sources are what
`prov sources` lists, its answers what `prov independence --claim` says.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from provenance.cli import main

TYPES = {"person", "organization", "news_outlet"}


def ask(*args: object) -> Any:
    """Return what `prov` prints as JSON; None where it has no answer."""
    done = CliRunner().invoke(main, list(map(str, args)))
    if done.exit_code not in (0, 1):
        sys.exit(done.stderr)
    return json.loads(done.stdout) if done.exit_code == 0 and done.stdout else None


def predict(story: Path, store: Path) -> dict[str, Any]:
    """Return the sources of a story, and what the product answers to its questions."""
    if not store.exists():
        ask("build", story / "articles.jsonl", "--store", store, "--keep-going", "-q")
    rows = [json.loads(line) for line in (story / "articles.jsonl").read_text().splitlines()]
    times = ask("timeline", store, "--to", "json")
    ids = {t["digest"]: rows[int(t["file"].rsplit("#", 1)[1]) - 1]["id"] for t in times}
    sources = [
        {**row, "in": {ids[digest]: names for digest, names in row["called"].items()}}
        for row in ask("sources", store, "--to", "json")
        if row["type"] in TYPES
    ]
    questions = []
    for asked in json.loads((story / "gold.json").read_text())["questions"]:
        found = ask("independence", store, "--claim", asked["question"], "--to", "json")
        one = found["claims"][0] if found else {}
        questions.append(
            {
                "question": asked["question"],
                "carriers": sorted({ids[a["digest"]] for a in one.get("articles", ())}),
                "denied_by": sorted({d["source"] for d in one.get("denied_by", ())}),
                "origins": one.get("independent", []),
                "unnamed_origins": one.get("unnamed_or_unknown", 0),
            }
        )
    return {"sources": sources, "questions": questions}


def write() -> None:
    """Write a prediction for each story."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument(
        "--stores", type=Path, help="keep the stores here, use those that are there"
    )
    args = parser.parse_args()
    args.predictions.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for gold in sorted(args.stories.glob("*/gold.json")):
            story = gold.parent
            told = predict(story, (args.stores or Path(scratch)) / story.name)
            text = json.dumps(told, ensure_ascii=False, indent=1)
            (args.predictions / f"{story.name}.json").write_text(text)


if __name__ == "__main__":
    write()
