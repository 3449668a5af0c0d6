"""Find copies among articles: how many of those that an editor changed, and how many too many.

    python benchmarks/copies.py [FOLDER]

FOLDER has articles as text (../shared/polnear/train/text if it is there, else the project's own).
200 of them are edited by `tests.helpers.edited_articles` and thrown in with the rest; "kept" is the
share of the original's words that stay; paragraphs of other articles take the place of what was
cut. A pair is right if one was made from the other. Pairs among the articles as they were, of which
nobody knows how many are copies, are told apart. The result goes to benchmarks/results/copies.md.
"""

import hashlib
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provenance.analysis.briefs import Brief  # noqa: E402
from provenance.analysis.fingerprints import fingerprints, sharing  # noqa: E402
from provenance.analysis.reuse import PRINTS, Comparer, settled  # noqa: E402
from provenance.analysis.spilling import Bench, Spill  # noqa: E402
from tests.helpers.edited_articles import edited  # noqa: E402

ARTICLES = ROOT.parent / "shared" / "polnear" / "train" / "text"
OWN = ROOT / "tests" / "data" / "golden"
COPIED = 200
KEPT = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def brief(digest: str, text: str, published: str) -> Brief:
    """Return what `find_reuse` needs of *text*."""
    return Brief(
        digest, digest, digest, "", published, "", None, None, (), (), (), fingerprints(text)
    )


def measure(texts: list[str], kept: float) -> tuple[int, int, int, int, float]:
    """Return pairs found right, found wrong, made, found between originals; and seconds."""
    # What is filled in is from articles that are not among those searched.
    strange, texts = texts[: len(texts) // 4], texts[len(texts) // 4 :]
    originals = {hashlib.sha256(t.encode()).hexdigest(): t for t in texts}
    names = list(originals)
    made: dict[str, tuple[str, str]] = {}
    for number, name in enumerate(names[:COPIED]):
        filler = strange[number % len(strange)] if strange else ""
        text = edited(originals[name], filler, kept, number)
        made[hashlib.sha256(text.encode()).hexdigest()] = (text, name)
    every = originals | {digest: text for digest, (text, _) in made.items()}
    began = time.perf_counter()
    briefs, prints = [], Spill(2)
    for number, (d, t) in enumerate(sorted(every.items())):
        briefs.append(brief(d, t, "2024-02-02" if d in made else "2024-02-01"))
        prints.add(briefs[-1].prints, np.full(len(briefs[-1].prints), number))
    compare = Comparer(every.__getitem__)
    pairs = (
        pair for ends in sharing(prints, len(briefs), PRINTS) for pair in zip(*ends, strict=True)
    )
    with closing(Bench()) as bench:
        found, _ = settled((compare(briefs[one], briefs[other]) for one, other in pairs), bench)
        reuses = list(found.values())
    seconds = time.perf_counter() - began
    right = sum(r.copy in made and made[r.copy][1] == r.original for r in reuses)
    among = sum(r.copy not in made for r in reuses)
    known = {frozenset((r.copy, r.original)) for r in reuses if r.copy not in made}
    wrong = 0
    for reuse in reuses:
        if reuse.copy not in made or made[reuse.copy][1] == reuse.original:
            continue
        source = made[reuse.copy][1]
        other = made[reuse.original][1] if reuse.original in made else reuse.original
        wrong += frozenset((source, other)) not in known  # else a copy of a copy
    return right, wrong, len(made), among, seconds


def main() -> None:
    """Measure, and write the result."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES if ARTICLES.is_dir() else OWN
    texts = [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt"))]
    lines = [
        "# Copies that were edited",
        "",
        f"`python benchmarks/copies.py`: {len(texts)} articles, {COPIED} copied at most.",
        "",
        "| share kept | precision | recall | pairs among the originals | seconds |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kept in KEPT:
        right, wrong, made, among, seconds = measure(texts, kept)
        precision = right / (right + wrong) if right + wrong else 1.0
        lines.append(
            f"| {kept:.0%} | {precision:.3f} | {right / made:.3f} | {among} | {seconds:.2f} |"
        )
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks" / "results" / "copies.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
