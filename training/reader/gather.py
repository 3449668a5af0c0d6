"""Write out the articles of Article-Bias-Prediction (Baly et al., EMNLP 2020) as plain texts.

The corpus keeps its texts as a tokenizer left them; blanks before signs are taken out again, and
quotation marks are told from one another, as readers and the tagger expect them.
"""

import json
import re
from pathlib import Path
from typing import Final

PREFIX: Final = "bias-"
_MENDED: Final = (
    (re.compile(r"``\s*"), "“"),
    (re.compile(r"\s*''"), "”"),
    (re.compile(r"([@#]) (?=\w)"), r"\1"),
    (re.compile(r" ([,.;:!?%)\]”’])"), r"\1"),
    (re.compile(r"([(\[“‘$#]) "), r"\1"),
    (re.compile(r" ((?:['’](?:s|t|m|d|re|ve|ll)|n['’]t))\b"), r"\1"),
    (re.compile(r"(\w) n(['’])t\b"), r"\1n\2t"),
    (re.compile(r"(\w) (['’])s\b"), r"\1\2s"),
    (re.compile(r"(\w)’ (t|s|re|ve|ll|d|m)\b"), r"\1’\2"),
    (re.compile(r"(\bcan) not\b"), r"\1not"),
    (re.compile(r'" ([^"\n]*) "'), r'"\1"'),
)


def gather(checkout: Path, out: Path) -> int:
    """Write the articles of the *checkout* to *out* as bias-ID.txt; return how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for path in sorted((checkout / "data" / "jsons").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        text = f"{article['title'].strip()}\n\n{plain(article['content'])}\n"
        (out / f"{PREFIX}{path.stem}.txt").write_text(text, encoding="utf-8")
        count += 1
    return count


def plain(text: str) -> str:
    """Return *text* with the tokenizer's blanks taken out, a blank line between paragraphs."""
    for pattern, mended in _MENDED:
        text = pattern.sub(mended, text)
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
