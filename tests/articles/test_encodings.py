"""Bytes that are not what they are said to be: read as browsers do, or undone where certain."""

from pathlib import Path

import pytest

from provenance.articles import parse_article
from provenance.common.normal import normal_form
from provenance.pipeline import build_record
from tests.conftest import Prov

BODY = (
    "A fire in the Café Müller on Friday was “no accident”, the fire chief, José Núñez, said. He "
    "said that a heater had been moved. “We heard a bang – then we ran,” a neighbour, Søren Holm, "
    "said. It’s the third fire in Älvsjö this year, Zoë Åkesson of the Café’s board added."
)
NAMES = {"José Núñez", "Søren Holm", "Zoë Åkesson"}
TEXT = f"Fire in the café was no accident\n\n{BODY}\n"


def names(data: bytes, name: str = "a.txt") -> set[str]:
    return {source.name for source in build_record(parse_article(data, name)).sources}


@pytest.mark.parametrize("lost", ["é", "accident", "heater", "“We", "third", "ü"])
def test_a_byte_that_is_wrong_is_one_sign(lost: str) -> None:
    data = TEXT.encode()
    at = data.index(lost.encode()) + len(lost.encode()) - 1
    broken = data[:at] + b"\xfc" + data[at + 1 :]
    article = parse_article(broken, "a.txt")
    assert 1 <= article.text.count("\ufffd") <= 3
    assert "Søren Holm" in names(broken)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_wrong_byte_is_said(mark: bytes, tmp_path: Path, prov: Prov) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + TEXT.replace("heater", "he~ter").encode().replace(b"~", b"\xff"))
    done = prov("build", "--to", "json", str(path))
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        f"{path}: 1 sign could not be read, for which U+FFFD stands"
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_what_was_encoded_twice_is_undone(encoding: str, times: int) -> None:
    said = "".join(char for char in TEXT if ord(char) < 0x100 or encoding == "cp1252")
    wrong = said
    for _ in range(times):
        data = wrong.encode()
        wrong = "".join(
            bytes([b]).decode(encoding, "ignore") or chr(b) if b > 0x7F else chr(b) for b in data
        )
    form = normal_form(wrong)
    assert form.text == normal_form(said).text if times == 1 else form.text != wrong
    if times == 1:
        assert names(wrong.encode()) >= NAMES


@pytest.mark.parametrize(
    "right",
    [
        "the “Café”’s owner, Château d’If’",
        "SÃO PAULO and Ângela, Åre, Ærø",
        "‘È’, ‘É’ and “à la carte” – £5 … ½",
        "Zoë’s naïveté—’tis 20 °C",
        "Ä–Ö, Å’s",
    ],
)
def test_what_is_right_stays(right: str) -> None:
    assert normal_form(right).text == right


def test_signs_of_windows_in_a_page_are_those_of_browsers() -> None:
    page = (
        "<html><body><article><h1>Fire</h1><p>A fire on Friday was &#147;no accident&#148;, the "
        "fire chief, Ann Lee, said. It&#146;s the third fire this year.</p><p>\x93We ran,\x94 a "
        "neighbour, Paul Roth, said. The city\x92s own people came at noon.</p></article></body>"
        "</html>"
    )
    article = parse_article(page.encode(), "a.html")
    text = normal_form(article.text).text
    assert "“no accident”" in text
    assert "“We ran,”" in text
    assert "city’s" in text
    assert {"Ann Lee", "Paul Roth"} <= names(page.encode(), "a.html")
