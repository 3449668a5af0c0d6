"""An answer from a store reads what it needs, and says what all of the store would say."""

import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from provenance import vocab
from provenance.analysis import Links, brief_of
from provenance.analysis.answers import answer_record
from provenance.analysis.packing import pack
from provenance.analysis.questions import answer
from provenance.gathering import answered, linked, relink
from provenance.gathering.joining import recalled
from provenance.model import SourceGraph, SourceType
from provenance.rdf import write_graphs
from provenance.stores.embedded import Collection, open_collection
from tests.helpers.generated_stories import report, scene

PERSON, BODY = SourceType.PERSON, SourceType.ORGANIZATION
CRACK = "two bearings of the bridge had cracked in the frost"
QUARRY = ("Tarn", "Ebbing", "Lusk", "Morrow")
WELL = "three wells near the quarry were full of lead in 2019"
STORE = [
    scene("Ash Courier", ("Ada Quill", PERSON, CRACK)),
    scene("Birch Post", ("Ben Oster", PERSON, "frost cracked two of the bridge's bearings"), day=2),
    scene("Cedar Times", ("Cora Lind", PERSON, "the ferry will run all night"), own=CRACK + "."),
    scene("Elm Gazette", ("Eva Roth", PERSON, "the bearings had never cracked"), day=4),
    scene("Fir Star", ("Quill", PERSON, CRACK), day=5),
    scene("Gorse Echo", ("Lusk Water", BODY, WELL), places=QUARRY, day=6),
    scene(
        "Hazel News",
        ("Ivo Marr", PERSON, "many wells at the quarry have lead in them"),
        before="Lusk Water's spokesman, ",
        places=QUARRY,
        day=7,
    ),
    scene("Iris Weekly", ("Jo Kerr", PERSON, CRACK), places=("Ulm", "Vail", "Wye", "Yar"), day=8),
    report("Juniper Day", "Ada Quill", day=9),
    report("Larch Mail", "Juniper Day", SourceType.NEWS_OUTLET, day=10),
]
ASKED = [
    "have two bearings cracked?",
    "frost",
    "the bearings had never cracked",
    "the ferry ran at night",
    "were the wells full of lead in 2019",
    "have several wells lead in them",
    "who closed the bridge over the Orne in May",
    "inspectors closed the bridge",
    "the water of the quarry was clean",
    "in 2019",
    "several",
    "elephants",
    "the mayor of Velden resigned",
]


def filled(folder: Path, graphs: list[SourceGraph], *, join: bool = True) -> Path:
    """Put *graphs* into a store, and join them."""
    with open_collection(folder, write=True) as collection:
        for graph in graphs:
            name = vocab.article_iri(graph.article.digest, None)
            quads = write_graphs([graph], "nquads")
            collection.add(name, graph.article.name, "settings", quads, pack(brief_of(graph)))
        if join:
            relink(collection)
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("recalling") / "store", STORE)


class Every(Links):
    """Links of which all stories are read for each answer."""

    def on(self, text: str) -> Iterator[list[str]]:
        return self.stories()


@pytest.fixture(scope="module")
def whole(store: Path) -> Iterator[Every]:
    with open_collection(store) as collection:
        links = linked(collection)
        yield Every(**{one.name: getattr(links, one.name) for one in fields(links)})


def words_of(graphs: list[SourceGraph]) -> list[str]:
    return sorted(
        {word for graph in graphs for claim in graph.claims for word in claim.text.split()}
    )


def pairs() -> list[str]:
    """Return questions of two words each, from anywhere in the store."""
    words = words_of(STORE)
    return [f"{one} {other}" for one, other in itertools.combinations(words, 2)][::17]


def test_what_is_recalled_says_what_all_of_the_store_says(store: Path, whole: Links) -> None:
    silent = 0
    with open_collection(store) as collection:
        for text in (*ASKED, *words_of(STORE), *pairs()):
            links = recalled(collection)
            assert links is not None
            found, wanted = answer(links, text), answer(whole, text)
            assert found == wanted, text
            if found is None or wanted is None:
                silent += 1
                continue
            assert answer_record(found, links) == answer_record(wanted, whole)
    assert 0 < silent < len(ASKED) + len(words_of(STORE))


def test_the_likeliest_stories_are_read_first_wherever_they_are_kept(store: Path) -> None:
    with open_collection(store) as collection:
        links, whole = recalled(collection), linked(collection)
        assert links is not None
        orders = {text: [*whole.on(text)] for text in (*ASKED, *words_of(STORE), *pairs())}
        assert {text: [*links.on(text)] for text in orders} == orders
    assert max(map(len, orders.values())) > 1


def test_sources_are_called_in_an_answer_as_in_all_of_the_store(store: Path, whole: Links) -> None:
    with open_collection(store) as collection:
        links = recalled(collection)
        assert links is not None
        for digest, brief in whole.briefs.items():
            for source in brief.sources:
                node = whole.identity.of(digest, source)
                assert links.identity.of(digest, source) == node
                assert links.identity.names[node] == whole.identity.names[node]
            assert links.copies.get(digest, ()) == whole.copies.get(digest, ())
        assert dict(links.serves) == dict(whole.serves)
        assert dict(links.alike) == dict(whole.alike)
        assert sorted(links.briefs) == sorted(whole.briefs)


def unlike(number: int) -> SourceGraph:
    """Return an article on an event of its own, in words of its own."""
    letters = "".join("bcdfghjklm"[int(digit)] for digit in f"{number:04}")
    places = tuple(f"{letters.title()}{end}" for end in ("ab", "ec", "id", "of"))
    claim = f"the {letters}ast and the {letters}ilk had met by the {letters}orn in the night"
    return scene(
        f"{letters.title()} Star", (f"Una {letters.title()}", PERSON, claim), places=places
    )


def read_for(
    store: Path, text: str, monkeypatch: pytest.MonkeyPatch, *, silent: bool = False
) -> int:
    """Return how many articles are read to answer *text*; with *silent* by nothing."""
    read = []
    one = Collection.derived

    def counted(self: Collection, name: str) -> bytes | None:
        read.append(name)
        return one(self, name)

    with monkeypatch.context() as patch, open_collection(store) as collection:
        patch.setattr(Collection, "derived", counted)
        links, found = answered(collection, text)
        assert (found is None) is silent
        if found is not None:
            answer_record(found, links)
    return len(read)


def test_an_answer_reads_no_more_where_there_are_more_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = str(unlike(3).claims[0].text)
    counts = {
        read_for(filled(tmp_path / str(size), [*map(unlike, range(size))]), text, monkeypatch)
        for size in (6, 40)
    }
    assert counts == {1}


def test_words_that_all_articles_have_apart_are_not_looked_for_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "The minister came on Monday. Dogs slept. Cats slept. Cows slept."
    graphs = [
        scene(
            f"Star {number}",
            (f"Una {number}", PERSON, f"the {word}ast and the {word}ilk had met in the night"),
            own=own,
            places=(f"{word.title()}ab", f"{word.title()}ec", f"{word.title()}id"),
        )
        for number, word in enumerate(("bram", "crel", "drom", "frin", "grol"))
    ]
    store = filled(tmp_path / "store", graphs)
    assert read_for(store, "the minister met", monkeypatch, silent=True) == 0
    assert read_for(store, "the minister had met on Monday", monkeypatch) == len(graphs)


SHARED = ("gates", "opened", "flooding", "cellars", "sheds", "downstream")


def shares_words(number: int) -> SourceGraph:
    """Return an article on an event of its own whose claim has more words of all, the lower."""
    letters = "".join("bcdfghjklm"[int(digit)] for digit in f"{number:04}")
    shared = " ".join(SHARED[: len(SHARED) - number])
    return scene(
        f"{letters.title()} Star",
        (f"Una {letters.title()}", PERSON, f"the {letters}ast {shared} {letters}orn"),
        places=tuple(f"{letters.title()}{end}" for end in ("ab", "ec", "id", "of")),
    )


def test_of_too_many_articles_the_likeliest_are_read_and_the_rest_counted(tmp_path: Path) -> None:
    text = "the gates opened, flooding cellars and sheds downstream"
    store = filled(tmp_path / "store", [shares_words(number) for number in range(3)])
    with open_collection(store) as collection:
        links = recalled(collection)
        assert links is not None
        for one in (links, linked(collection)):
            found = answer(one, text, 2)
            assert found is not None
            assert found.standing.origins == ("Una Bbbb", "Una Bbbc")
            assert found.left_out == 1
            assert found.line == (
                "2 independent lines (Una Bbbb, Una Bbbc); 2 articles; 1 more article with these "
                "words not read: ask with words that fewer have"
            )
            assert answer_record(found, one)["left_out"] == 1
        found = answer(links, text, 3)
        assert found is not None
        assert (found.left_out, len(found.standing.origins)) == (0, 3)


def test_what_says_the_same_in_too_many_articles_is_counted_too(tmp_path: Path) -> None:
    graphs = [report(f"Paper {n}", f"Ada Quill{n}", day=n + 1) for n in range(6)]
    store = filled(tmp_path / "store", graphs)
    with open_collection(store) as collection:
        links = recalled(collection)
        assert links is not None
        for one in (links, linked(collection)):
            found = answer(one, "inspectors closed the bridge over the Orne", 2)
            assert found is not None
            assert len(found.standing.carriers) + found.left_out == len(graphs)
            assert found.left_out > 0


def test_what_came_later_is_in_the_answer_before_it_is_joined(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", STORE[:2])
    filled(store, STORE[2:4], join=False)
    with open_collection(store) as collection:
        assert recalled(collection) is None
        _, found = answered(collection, CRACK)
        assert found is not None
        assert [one.name for one in found.denials] == ["Eva Roth"]


def test_of_what_is_removed_no_word_is_kept(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", [*STORE[:2], unlike(1234)])
    before = (store / "derived.sqlite").read_bytes()
    assert b"una cdfg" in before
    with open_collection(store, write=True) as collection:
        collection.remove(vocab.article_iri(unlike(1234).article.digest, None))
    after = (store / "derived.sqlite").read_bytes()
    assert b"una cdfg" not in after.lower()
    with open_collection(store) as collection:
        assert recalled(collection) is None
        assert answered(collection, unlike(1234).claims[0].text)[1] is None


BROKEN: Mapping[str, str] = {
    "of another form": "UPDATE joined SET form = '0'",
    "of another state": "UPDATE joined SET stamp = 'other'",
    "of fewer articles": "UPDATE joined SET articles = 3",
    "no rows": "UPDATE joint SET data = '{'",
    "no index": "DROP TABLE word",
    "no names": "DROP TABLE called",
    "no stories": "DROP TABLE story",
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_what_is_kept_broken_is_done_without(tmp_path: Path, whole: Links, change: str) -> None:
    store = filled(tmp_path / "store", STORE)
    file = sqlite3.connect(store / "derived.sqlite")
    with file:
        file.execute(change)
    file.close()
    with open_collection(store) as collection:
        links, found = answered(collection, CRACK)
        wanted = answer(whole, CRACK)
        assert found is not None
        assert wanted is not None
        assert answer_record(found, links) == answer_record(wanted, whole)
