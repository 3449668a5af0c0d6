"""Words, windows and sections: nothing is lost, and where the cuts fall does not matter."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ExtractionError
from provenance.extraction.tagger.inputs import (
    WINDOW,
    Vocabulary,
    document_of,
    encode,
    windows_of,
    words_of,
)
from provenance.extraction.tagger.sections import HALO, SECTION, Integers, read
from provenance.extraction.tagger.tagger import Found, Tagger, load_tagger
from provenance.extraction.tagger.viterbi import TAG_COUNT, Floats
from tests.helpers.places import DATA, ROOT

EXAMPLES = ROOT / "examples"
GOLDEN = DATA / "golden"
LETTERS = Vocabulary(lambda word: tuple(ord(c) for c in word[:12]), opening=1, separator=2, mask=3)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in words_of(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Sen. Roe didn't", ["Sen.", "Roe", "did", "n't"]),
        (
            "the U.S.'s 3,000-page “file”",
            ["the", "U.S.", "'s", "3,000", "-", "page", "“", "file", "”"],
        ),
        ("wait... no -- yes", ["wait", "...", "no", "--", "yes"]),
        ("mail @ann at https://a.example/b", ["mail", "@ann", "at", "https://a.example/b"]),
        ("naïve Ærø 東京", ["naïve", "Ærø", "東京"]),
    ],
)
def test_words(text: str, cut: list[str]) -> None:
    assert words(text) == cut


@given(st.text(max_size=200))
def test_words_leave_nothing_out_but_space(text: str) -> None:
    assert "".join(words(text)) == "".join(text.split())


paragraphs = st.lists(st.text("ab c“”.", min_size=1, max_size=400), max_size=12)


@settings(max_examples=40, deadline=None)
@given(paragraphs, st.integers(40, WINDOW), st.integers(20, WINDOW), st.booleans())
def test_windows_hold_every_word_once(
    parts: Sequence[str], size: int, first: int, whole: bool
) -> None:
    document = document_of("\n".join(parts), LETTERS)
    windows = windows_of(document, size, first, whole=whole)
    assert [word for begin, end in windows for word in range(begin, end)] == list(
        range(len(document))
    )
    for begin, end in windows:
        one = encode(document, begin, end, LETTERS)
        assert len(one.ids) == len(one.features) <= max(size, first) + 1
        assert [one.ids[at] for at in one.firsts] == [
            document.pieces[word][0] for word in range(begin, end)
        ]


def echo(ids: Integers, mask: Integers, features: Integers) -> tuple[Floats, Floats, Floats]:
    """Answer each piece with the sum of the pieces within `HALO` // 2 of it."""
    padded = np.pad(ids * mask, ((0, 0), (HALO, HALO)))
    near = sum(
        padded[:, HALO + by : HALO + by + ids.shape[1]] for by in range(-HALO // 2, HALO // 2 + 1)
    )
    told = np.repeat(np.asarray(near)[:, :, None], TAG_COUNT, 2).astype(np.float32)
    return told, told[:, :, :1], told[:, :, 1:2]


def test_sections_cover_the_document_and_do_not_show() -> None:
    """A word that depends on its neighbours gets the same answer wherever it is read."""
    line = "x" * 7 + " " + "y" * 5 + "\n"
    text = "".join(line.replace("x", chr(97 + n % 26)) for n in range(SECTION * 25))
    document = document_of(text, LETTERS)
    sections = list(read(document, LETTERS, echo))
    assert len(sections) > 1
    assert [word for s in sections for word in range(*s.kept)] == list(range(len(document)))
    whole = encode(document, 0, len(document), LETTERS)
    told = echo(*(np.array([x]) for x in (whole.ids, [1] * len(whole.ids), whole.features)))[0]
    for section in sections:
        for word in range(*section.kept):
            if min(word, len(document) - word) > HALO:  # at the ends the marks of windows show
                assert section.emissions[word - section.begin, 0] == pytest.approx(
                    told[0, whole.firsts[word], 0], rel=0.05
                )


def cues(found: Iterable[Found], shift: int = 0) -> set[tuple[int, int]]:
    return {(one.cue[0] - shift, one.cue[1] - shift) for one in found}


def alike(some: set[tuple[int, int]], others: set[tuple[int, int]]) -> float:
    return len(some & others) / len(some | others)


def test_what_is_found_hardly_depends_on_where_windows_are_cut(tagger: Tagger) -> None:
    """Windows of other sizes put other words at their edges."""
    paths = (EXAMPLES / "pentagon-leak.txt", GOLDEN / "trove.txt", GOLDEN / "wire.txt")
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in paths)
    usual = cues(tagger(text))
    assert len(usual) > 50
    for window in (WINDOW - 24, WINDOW - 40):
        assert alike(usual, cues(replace(tagger, window=window)(text))) > 0.85


def test_a_long_text_is_read_in_sections_of_bounded_size(tagger: Tagger) -> None:
    text = (EXAMPLES / "pentagon-leak.txt").read_text(encoding="utf-8")
    document = document_of(text * 30, tagger.vocabulary)
    sizes = [section.end - section.begin for section in read(document, tagger.vocabulary, echo)]
    assert len(sizes) > 2
    assert max(sizes) <= (SECTION + 2) * WINDOW


def test_a_copy_far_behind_is_found_where_it_stands(tagger: Tagger) -> None:
    """What stands before a text changes little of how it is read, and nothing of its offsets."""
    text = (EXAMPLES / "pentagon-leak.txt").read_text(encoding="utf-8").rstrip() + "\n\n"
    copies = 12
    behind = (copies - 1) * len(text)
    last = (one for one in tagger(text * copies) if one.cue[0] >= behind)
    assert alike(cues(tagger(text)), cues(last, behind)) > 0.7


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u00a0", "…", "\U0001f600\n\u202e"])
def test_next_to_nothing_is_no_trouble(tagger: Tagger, text: str) -> None:
    assert list(tagger(text)) == []


def test_offsets_are_code_points(tagger: Tagger) -> None:
    text = "\U0001f600 Été: “We will go on,” said Zoë Ångström, the mayor of Malmö, on Monday."
    (found,) = tagger(text)
    assert text[slice(*found.cue)] == "said"
    assert text[slice(*found.sources[0])].startswith("Zoë Ångström")
    assert "We will go on" in text[slice(*found.contents[0])]
    assert 0 < found.score <= 1


def test_only_the_paragraphs_that_are_given_are_read(tagger: Tagger) -> None:
    text = "Ann Lee said it was late. Bob Ray said it was early."
    places = [(26, len(text))]
    assert [text[slice(*f.sources[0])] for f in tagger(text, places)] == ["Bob Ray"]


def test_weights_that_are_missing_or_broken(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="cannot load the tagger"):
        load_tagger(tmp_path)
    (tmp_path / "tagger.onnx").write_bytes(b"nonsense")
    with pytest.raises(ExtractionError, match="cannot load the tagger"):
        load_tagger(tmp_path)
