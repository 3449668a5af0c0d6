"""Known sources: what ships is sound, a user's file goes first, what is ambiguous stays so."""

import re
from pathlib import Path

import pytest

from provenance.errors import ResolutionError
from provenance.model import SourceType
from provenance.pipeline import build
from provenance.resolution.registry import COLUMNS, Registry, load_registry, read_entries
from tests.helpers.places import ROOT

TABLE = ROOT / "provenance" / "resolution" / "registry.tsv"
OUTLETS = ROOT / ".." / "shared" / "research" / "outlets.tsv"
HEADER = "name\tshort_names\ttype\tsite\twikidata\n"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def names(registry: Registry, name: str) -> list[str]:
    return [entry.name for entry in registry.find(name)]


def write(folder: Path, rows: str, name: str = "mine.tsv") -> Path:
    path = folder / name
    path.write_text(rows, encoding="utf-8")
    return path


def test_the_table_is_in_order_and_has_every_column() -> None:
    header, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert tuple(header.split("\t")) == COLUMNS
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {len(COLUMNS)}
    types = list(dict.fromkeys(row[2] for row in rows))
    keys = [(types.index(row[2]), row[5], row[0].casefold(), row[0]) for row in rows]
    assert keys == sorted(keys)


def test_entries_are_sound(registry: Registry) -> None:
    qids = [entry.wikidata for entry in registry.entries if entry.wikidata]
    sites = [site for entry in registry.entries for site in entry.site]
    assert len(set(qids)) == len(qids)
    assert len(set(sites)) == len(sites)
    assert {entry.type for entry in registry.entries} == {
        SourceType.CHANNEL,
        SourceType.DOCUMENT,
        SourceType.NEWS_OUTLET,
        SourceType.ORGANIZATION,
    }
    for entry in registry.entries:
        told = (entry.name, *entry.short_names, *entry.places)
        assert len({name.removeprefix("The ") for name in told}) == len(told), entry
        assert [name for name in told if entry not in registry.find(name)] == []
        assert [name for name in told if re.search(r"\s\s|^[Tt]he the |[\"“”]", name)] == []
        assert entry.kind == "" or entry.type is SourceType.ORGANIZATION


def test_wikidata_ids_are_those_that_were_confirmed(registry: Registry) -> None:
    if not OUTLETS.exists():
        pytest.skip("the list of confirmed ids is not on this machine")
    rows = [line.split("\t") for line in OUTLETS.read_text(encoding="utf-8").splitlines()[1:]]
    confirmed = {(domain, qid) for domain, qid, _ in rows}
    held = {(site, e.wikidata) for e in registry.entries if e.wikidata for site in e.site}
    assert {qid for _, qid in confirmed} == {qid for _, qid in held}
    assert confirmed <= held


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("WP", "The Washington Post"),
        ("the washington post’s", "The Washington Post"),
        ("The New York Times'", "The New York Times"),
        ("Barron’s", "Barron's"),
        ("AP", "Associated Press"),
        ("the AP", "Associated Press"),
        ("A.P.", "Associated Press"),
        ("WHO", "World Health Organization"),
        ("NATO", "NATO"),
        ("Nato", "NATO"),
        ("U.N.", "United Nations"),
        ("SVR", "Foreign Intelligence Service"),
        ("the Pentagon", "Pentagon"),
        ("Department of Defense", "Pentagon"),
        ("Beijing", "China"),
        ("Foggy Bottom", "State Department"),
        ("Moscow", "Kremlin"),
        ("Face the Nation", "CBS News"),
    ],
)
def test_a_name_finds_its_source(registry: Registry, name: str, expected: str) -> None:
    assert names(registry, name) == [expected]


@pytest.mark.parametrize("name", ["who", "ap", "us", "The", "", "  ", "Harbour Gazette", "Smith"])
def test_words_and_strangers_find_nothing(registry: Registry, name: str) -> None:
    assert names(registry, name) == []


def test_an_ambiguous_name_finds_all_that_bear_it(registry: Registry) -> None:
    assert names(registry, "The Post") == ["New York Post", "The Washington Post"]
    assert set(names(registry, "Brussels")) == {"European Union", "Belgium"}


def test_a_file_of_the_user_goes_first(registry: Registry, tmp_path: Path) -> None:
    first = write(tmp_path, HEADER + "Mountain Post\tPost\tnews_outlet\tmountainpost.example\t\n")
    second = write(tmp_path, "type\tname\nchannel\tCNN\n", "more.tsv")
    both = load_registry(first, second)
    assert names(registry, "Post") == ["New York Post", "The Washington Post"]
    assert names(both, "the Post") == ["Mountain Post"]
    assert names(both, "WP") == ["The Washington Post"]
    (cnn,) = both.find("CNN")
    assert cnn.type is SourceType.CHANNEL
    assert both.find("Cable News Network") == ()
    assert len(both.entries) == len(registry.entries) + 1


def test_files_of_other_editors_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sheet.tsv"
    path.write_bytes(
        b"\xef\xbb\xbf# mine\r\nname\tshort_names\ttype\r\n\r\n"
        b"Quay Review\tReview | QR\tnews_outlet\r\nThe Lantern\t\tnews_outlet"
    )
    registry = load_registry(path)
    assert names(registry, "QR") == names(registry, "review") == ["Quay Review"]
    assert names(registry, "Lantern") == ["The Lantern"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("# nothing\n\n", "it is empty"),
        ("name,type\nA,channel\n", "line 1: the header must have name and type"),
        ("name\ttype\ttype\n", "line 1: the header must have name and type"),
        ("name\ttype\tcolour\n", "line 1: the header must have name and type"),
        ("name\ttype\n\nA\tpaper\n", "line 3: no such type: 'paper' (there are channel,"),
        ("name\ttype\nA\tperson\n", "line 2: no such type: 'person'"),
        ("name\ttype\nA\n", "line 2: no such type: ''"),
        ("name\ttype\n\tchannel\n", "line 2: no name"),
        ("name\ttype\nA\tchannel\tmore\n", "line 2: 3 cells where the header has 2"),
        ("name\ttype\nA\tchannel\nThe A\tchannel\n", "line 3: 'The A' is on line 2 already"),
        ("name\ttype\twikidata\nA\tchannel\tq7\n", "line 2: not a Wikidata id: 'q7'"),
        ("name\ttype\tkind\nA\tchannel\tsea\n", "line 2: no such kind: 'sea'"),
        ("name\ttype\tsite\nA\tchannel\thttps://a.b\n", "line 2: not a domain without www"),
        ("name\ttype\tsite\nA\tchannel\twww.a.org\n", "line 2: not a domain without www"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ResolutionError) as caught:
        load_registry(path)
    assert str(caught.value).startswith(f"cannot read registry {path}")
    assert said in str(caught.value)


def test_what_is_no_text_file_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.xls"
    sheet.write_bytes("name\ttype\n".encode("utf-16"))
    for path, said in (
        (sheet, "not UTF-8 at byte 0"),
        (tmp_path, "Is a directory"),
        (tmp_path / "no.tsv", "No such file"),
    ):
        with pytest.raises(
            ResolutionError, match=re.escape(f"cannot read registry {path}: {said}")
        ):
            load_registry(path)


def test_entries_keep_what_their_row_says() -> None:
    header = "\t".join(COLUMNS)
    row = "Kestria\tKestrian Republic\torganization\tgov.example|kestria.example\tQ1\tcountry\tTarn"
    (entry,) = read_entries(f"{header}\n{row}\n", "x")
    assert entry.short_names == ("Kestrian Republic",)
    assert entry.site == ("gov.example", "kestria.example")
    assert (entry.wikidata, entry.kind, entry.places) == ("Q1", "country", ("Tarn",))


def test_context_tells_whom_an_ambiguous_name_means() -> None:
    text = (
        "Ships were moved at night, {paper} reported on Monday.\n\n"
        "The harbour master knew of it, the Post said. The mayor has been told, he added.\n"
    )
    for paper in ("The Washington Post", "The New York Post"):
        sources = build(text.format(paper=paper)).record.sources
        outlets = [s for s in sources if s.type is SourceType.NEWS_OUTLET]
        assert [paper.removeprefix("The ") in s.name for s in outlets] == [True]


def test_nothing_depends_on_an_outlet_being_known() -> None:
    text = (
        "Ships were moved at night, the Quayside Observer reported on Monday.\n\n"
        "The harbour master knew of it, the Observer said. The mayor has been told, it added.\n"
    )
    (source,) = build(text).record.sources
    assert source.type is SourceType.NEWS_OUTLET
    assert source.wikidata == ""
