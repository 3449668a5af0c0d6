"""What a hostile input may cost is bounded, and what no input is comes to one line."""

import io
import os
import subprocess
import sys
import unicodedata
import zipfile
from importlib import metadata
from pathlib import Path

import docx
import numpy as np
import pytest

from provenance.articles import article_from_text, parse_article
from provenance.articles.corpus import find_items
from provenance.articles.corpus.items import find_matching
from provenance.common import extras
from provenance.common.normal import normal_form
from provenance.errors import ArticleError
from provenance.extraction.tagger.inputs import document_of
from provenance.extraction.tagger.pairing import DISTANCES, Scorer, link
from provenance.extraction.tagger.tagger import load_tagger
from provenance.extraction.tagger.viterbi import Piece
from provenance.model import Failure, Item, Span
from tests.conftest import Prov
from tests.helpers.places import ROOT

TEXT = "The miller said that the weir had burst.\n\nThe warden denied that it had burst.\n"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(text: bytes, **others: bytes) -> bytes:
    """Return a Word file with *text* as its document, and *others* beside it."""
    plain, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, text if name == "word/document.xml" else given.read(name))
        for name, data in others.items():
            made.writestr(name, data)
    return out.getvalue()


def body(text: str, head: str = "") -> bytes:
    return f'{head}<w:document xmlns:w="{_W}"><w:body>{text}</w:body></w:document>'.encode()


SAID = "<w:p><w:r><w:t>The miller said that the weir had burst.</w:t></w:r></w:p>"
BOMBS = {
    "paragraphs": body("<w:p/>" * 300_000),
    "runs": body(f"<w:p>{'<w:r/>' * 300_000}</w:p>"),
    "tables": body("<w:tbl/>" * 300_000),
    "attributes": body('<w:p a="" b="" c="" d=""/>' * 60_000),
    "comments": body(SAID + "<!---->" * 300_000),
    "instructions": body(SAID + "<?a?>" * 300_000),
    "another encoding": body("<w:p/>" * 300_000, '<?xml version="1.0" encoding="UTF-16"?>')
    .decode()
    .encode("utf-16"),
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>'
    + body("<w:p/>" * 300_000).replace(b"<", b"+ADw-"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_word_file_of_many_elements_is_refused(name: str) -> None:
    with pytest.raises(ArticleError, match=r"more than 250,000 elements|a broken Word file"):
        parse_article(word(BOMBS[name]), "story.docx")


def test_elements_in_a_part_beside_the_text_count_too() -> None:
    styles = b"<a>" + b"<b/>" * 300_000 + b"</a>"
    with pytest.raises(ArticleError, match="more than 250,000 elements"):
        parse_article(word(body(SAID), **{"word/other.bin": styles}), "story.docx")


def test_a_word_file_of_many_files_or_with_entities_is_refused() -> None:
    many = {f"word/media/{number}": b"" for number in range(5_001)}
    with pytest.raises(ArticleError, match="more than 5,000 files"):
        parse_article(word(body(SAID), **many), "story.docx")
    entities = '<!DOCTYPE a [<!ENTITY b "c">]>'
    with pytest.raises(ArticleError, match="DOCTYPE"):
        parse_article(word(body(SAID * 2, entities)), "story.docx")


def test_a_long_word_file_with_pictures_is_read() -> None:
    pictures = {"word/media/a.png": b"\x89PNG<<<" * 50_000, "word/media/b.svg": b"<svg><a></svg>"}
    read = parse_article(word(body(SAID * 8_000), **pictures), "story.docx")
    assert read.text.count("weir") == 8_000


# ---- marks upon marks


@pytest.mark.parametrize(
    "mark", ["\u0316", "\u0301", "\u20dd", "\u0489", "\u093e", "\uff9e", "\u0e49\u0316"]
)
def test_stacked_marks_do_not_make_words(mark: str) -> None:
    text = TEXT.replace("weir", f"we{mark * 8_000}ir", 1)
    form = normal_form(text)
    marks = sum(unicodedata.category(char)[0] == "M" for char in form.text)
    assert 0 < marks <= 30
    assert len(document_of(form.text, load_tagger().vocabulary)) < 60
    at = form.text.rindex("burst")
    kept = form.kept(Span(at, at + 5))
    assert text[kept.start : kept.end] == "burst"
    assert article_from_text(text).text == text


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Bích", "किन्तु स्त्रियाँ", "שָׁלוֹם", "ที่นี่", "e\u0316\u0301\u0330" * 9]
)
def test_marks_of_languages_stay(text: str) -> None:
    assert normal_form(text).text == unicodedata.normalize("NFC", text)


# ---- what belongs to a cue


def test_a_cue_asks_the_words_near_it_alone() -> None:
    """Otherwise each of n cues within a content of n words asks all of them."""
    count, size = 6_000, 4
    random = np.random.default_rng(7)
    of_words, of_cues = random.normal(size=(2, count, size)).astype(np.float32)
    scorer = Scorer(
        random.normal(size=(DISTANCES, size)).astype(np.float32),
        random.normal(size=(3, size)).astype(np.float32),
        np.zeros(3, np.float32),
    )
    pieces = [Piece(100, 101, "Cue", 0.9), Piece(101, count, "Content", 0.9)]

    def score() -> float:
        paragraphs = np.zeros(count, np.int64)
        (one,) = link(pieces, of_words, of_cues, paragraphs, scorer)
        return one.score

    before = score()
    of_words[1_200:] += 5
    assert score() == before
    of_words[1_100] += 5
    assert score() != before


# ---- patterns, standard input


@pytest.fixture
def knot(tmp_path: Path) -> Path:
    """Return a folder in which each of twelve folders leads to all others, and to itself."""
    for number in range(12):
        folder = tmp_path / f"f{number}"
        folder.mkdir()
        (folder / f"{number}.txt").write_text(TEXT)
        for other in range(12):
            (folder / f"to{other}").symlink_to(f"../f{other}")
    (tmp_path / "f0" / "up").symlink_to("..")
    (tmp_path / "f0" / ".hidden.txt").write_text(TEXT)
    return tmp_path


@pytest.mark.parametrize("pattern", ["**/*.txt", "**/**/**/*.txt", "**/f*/**/*.txt", "./**/*.txt"])
@pytest.mark.parametrize("whole", [False, True])
def test_links_in_a_circle_have_an_end(
    knot: Path, pattern: str, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(knot)
    found = find_matching(f"{knot}/{pattern}" if whole else pattern)
    assert {Path(one).name for one in found} == {f"{number}.txt" for number in range(12)}
    assert len(find_matching("**")) == 12 + 12


def test_a_linked_folder_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere" / "deep" / "a.txt").write_text(TEXT)
    (tmp_path / "news").mkdir()
    for name in ("one", "two"):
        (tmp_path / "news" / name).symlink_to("../elsewhere")
    found = list(find_items([f"{tmp_path}/news/**/*.txt"]))
    assert [one.location for one in found] == [f"{tmp_path}/news/one/deep/a.txt"]


@pytest.mark.parametrize("how", ["<&-", "0>/dev/null"])
@pytest.mark.parametrize(
    "command",
    ["build -", "build - --store store", "build @- --store store", "trace -", "export - --to nt"],
)
def test_standard_input_that_brings_nothing(tmp_path: Path, how: str, command: str) -> None:
    line = f'"{sys.executable}" -m provenance {command} {how}'
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("prov: cannot read standard input: "), done.stderr
    assert done.stderr.count("\n") == 1


def test_standard_input_that_is_closed_is_a_failure_among_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.setattr(sys, "stdin", None)
    closed, read = find_items(["-", str(tmp_path / "a.txt")])
    assert isinstance(closed, Failure)
    assert isinstance(read, Item)


# ---- articles that quote what marks prov's own files

QUOTES = {
    "quoted.txt": '<meta name="generator" content="source-provenance"> stands there.\n\n',
    "quoted.md": "@prefix sp: <https://w3id.org/source-provenance#> .\n\n",
    "named.html": "<p>The address is https://w3id.org/source-provenance# for all.</p>",
    "late.html": '<pre><meta name="generator" content="source-provenance"></pre>',
}


@pytest.mark.parametrize("name", QUOTES)
def test_an_article_that_quotes_prov_is_one_in_a_folder(
    prov: Prov, tmp_path: Path, name: str
) -> None:
    story = f"<article>{f'<p>{TEXT}</p>' * 6}</article>" if name.endswith("html") else TEXT
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / name).write_text(QUOTES[name] + story)
    done = prov("build", folder, "-o", tmp_path / "out", "-q")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / Path(name).with_suffix(".ttl")).is_file()


# ---- extras


@pytest.mark.parametrize(
    ("mark", "installer", "command"),
    [
        ("", "pip", "pip install"),
        ("", "uv", "uv pip install"),
        ("", None, "pip install"),
        ("pipx_metadata.json", "pip", "pipx install --force"),
        ("uv-receipt.toml", "uv", "uv tool install --force"),
    ],
)
def test_the_command_suits_how_prov_was_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mark: str, installer: str | None, command: str
) -> None:
    made = tmp_path / "source_provenance-9.dist-info"
    made.mkdir()
    (made / "METADATA").write_text("Metadata-Version: 2.1\nName: source-provenance\n")
    if installer:
        (made / "INSTALLER").write_text(f"{installer}\n")
    monkeypatch.setattr(metadata, "distribution", lambda _: metadata.Distribution.at(made))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    if mark:
        (tmp_path / mark).touch()
    assert extras.install_command("prov") == f"{command} 'source-provenance[prov]'"


MISSING = {
    "prov": ("prov", "-m provenance build a.txt --to provn"),
    "parquet": ("pyarrow", "-m provenance build a.parquet --store store"),
    "spark": ("pyspark", "-m provenance build a.txt --engine spark -o out"),
    "train": ("torch", "-m training.tagger --help"),
    "train'": ("torch", "-m training.pronouns --help"),
}


@pytest.mark.parametrize("extra", MISSING)
def test_a_missing_extra_says_what_to_install(tmp_path: Path, extra: str) -> None:
    package, command = MISSING[extra]
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(
        f"import sys; sys.modules['{package}'] = None\n"
    )
    for name in ("a.txt", "a.parquet"):
        (tmp_path / name).write_text(TEXT)
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("hidden", str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"install 'source-provenance[{extra.rstrip(chr(39))}]'\n" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_graph_with_a_number_that_is_none_is_one_line(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said that the dam had cracked.\n")
    assert prov("build", "a.txt", "--extractor", "syntax", "--min-score", "0.125").exit_code == 0
    graph = (tmp_path / "a.ttl").read_text("utf-8")
    assert "0.125" in graph
    forged = graph.replace('"0.125"^^xsd:decimal', "0.125").replace("0.125", '"NaN"^^xsd:decimal')
    (tmp_path / "a.ttl").write_text(forged)
    checked = prov("check", "a.ttl")
    assert checked.exit_code == 1
    assert "cannot be compared" in checked.output
    traced = prov("trace", "a.ttl")
    assert traced.exit_code == 1
    assert "not a number" in traced.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
@pytest.mark.parametrize(
    "command",
    [("check",), ("trace",), ("query", "hops"), ("export", "--to", "nt"), ("view",), ("verify",)],
)
def test_a_device_that_does_not_end_is_one_line(prov: Prov, command: tuple[str, ...]) -> None:
    done = (
        prov(command[0], *command[1:2], "/dev/zero")
        if command[0] == "query"
        else prov(command[0], "/dev/zero", *command[1:])
    )
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "/dev/zero" in done.stderr
