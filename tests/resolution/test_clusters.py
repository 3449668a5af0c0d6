"""Which mentions become one source, and which stay apart."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from provenance.articles import article_from_text
from provenance.extraction.syntax import SyntaxExtractor
from provenance.model import Resolution, Source, SourceType
from provenance.pipeline import build_record
from provenance.resolution import resolve_sources
from provenance.resolution.registry import Registry, load_registry

HEAD = "Harbour board meets again over the old ferry\n\n"


@cache
def extractor() -> SyntaxExtractor:
    return SyntaxExtractor()


@cache
def registry() -> Registry:
    return load_registry()


def resolve(text: str, known: Registry | None = None) -> Resolution:
    article = article_from_text(HEAD + text)
    return resolve_sources(article, extractor()(article), known or registry())


def sources(text: str, known: Registry | None = None) -> dict[str, Source]:
    return {s.id: s for s in resolve(text, known).sources}


def speakers(text: str) -> list[str]:
    """The id of each statement's source, in the order of the text."""
    return [i for a in resolve(text).attributions for i in a.source_ids]


def test_a_surname_is_the_full_name_of_before_and_after() -> None:
    text = 'Holm said the hull was old. Ann Holm said it was rotten. Mrs. Holm said it was "lost."'
    assert set(speakers(text)) == {"ann-holm"}


def test_two_people_of_one_surname_are_told_apart_by_title() -> None:
    text = (
        "Mrs. Ann Holm said the hull was old. Mr. Bo Holm said it was new. "
        "Mrs. Holm said that she was sure. Mr. Holm said that he was surer."
    )
    assert speakers(text) == ["ann-holm", "bo-holm", "ann-holm", "bo-holm"]


def test_an_acronym_in_brackets_and_by_initials() -> None:
    bracketed = "The Coastal Ferry Union (CFU) said the hull was old. The CFU said it was rotten."
    assert len(set(speakers(bracketed))) == 1
    spelt = (
        "The Democratic National Committee said it was old. The DNC said that it was rotten too."
    )
    assert len(set(speakers(spelt))) == 1


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Ann Holm said the hull was old. She said the engine was older.", "ann-holm"),
        ("Bo Lund said the hull was old. He said the engine was older.", "bo-lund"),
        ("Senator Ann Holm said the hull was old. The senator said it was rotten.", "ann-holm"),
        ("Quint's lawyer, Bo Lund, said it was old. Quint's attorney said it was new.", "bo-lund"),
    ],
)
def test_pronouns_and_titles_look_back(text: str, id: str) -> None:
    assert speakers(text) == [id, id]


def test_unnamed_speakers_stay_apart_and_go_on() -> None:
    text = (
        "A senior defense official said the hull was old. A port official said it was new.\n\n"
        "Several fishermen said it was rotten. The fishermen said they had seen it."
    )
    first, second, third, fourth = speakers(text)
    assert len({first, second, third}) == 3
    assert third == fourth


def test_documents_under_several_descriptions_are_one() -> None:
    text = (
        "Leaked port documents show that the hull was cracked. The secret documents say that the "
        "board knew. The documents say that nobody acted."
    )
    assert len(set(speakers(text))) == 1


def test_two_different_papers_are_two() -> None:
    text = "An internal memo says that the hull was cracked. A court filing says that it was not."
    assert len(set(speakers(text))) == 2


def test_a_country_is_no_short_form_of_a_paper() -> None:
    text = "China said the hull was old. China Daily said that the hull was rotten."
    found = sources(text)
    assert {s.name: s.type for s in found.values()} == {
        "China": SourceType.ORGANIZATION,
        "China Daily": SourceType.NEWS_OUTLET,
    }


def test_types_without_the_registry() -> None:
    empty = Registry([])
    text = (
        "The Fjordland Gazette reported that the hull was old. Ann Holm said that it was rotten. "
        "The Fjordland Ferry Commission said it was new. A report says that it was stolen."
    )
    types = {s.name: s.type.value for s in sources(text, empty).values()}
    assert types == {
        "Fjordland Gazette": "news_outlet",
        "Ann Holm": "person",
        "Fjordland Ferry Commission": "organization",
        "report": "document",
    }


def test_a_file_of_the_user_gives_the_type(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(
        "name\tshort_names\ttype\nSkarvøy Lodge\tThe Lodge\tnews_outlet\n", encoding="utf-8"
    )
    text = "Skarvøy Lodge reported that the hull was old."
    (found,) = sources(text, load_registry(path)).values()
    assert found.type is SourceType.NEWS_OUTLET


def test_the_order_of_mentions_does_not_matter() -> None:
    text = "Ann Holm said it was old. She told The Gazette so. The official documents say so too."
    article = article_from_text(HEAD + text)
    extraction = extractor()(article)
    mentions = list(extraction.mentions)
    random.Random(7).shuffle(mentions)
    shuffled = replace(extraction, mentions=tuple(mentions))
    one, other = (resolve_sources(article, e, registry()) for e in (extraction, shuffled))
    assert one == other


def test_aliases_are_the_words_of_the_text_and_no_pronouns() -> None:
    text = "CIA Director William Burns said it was old. He said that it was rotten."
    found = sources(text)["william-burns"]
    assert found.aliases == ("CIA Director William Burns", "William Burns")
    assert len(found.mentions) == 2


def test_who_is_described_first_and_named_later_is_one() -> None:
    text = (
        "A retired engineer said on Monday that the hull was cracked. The town was told in May."
        "\n\nOla Brandt, a retired engineer, said that the crack was a hand wide."
    )
    assert speakers(text) == ["ola-brandt", "ola-brandt"]
    two = text.replace("The town was", "A second engineer said that the town was")
    assert speakers(two)[:2] == ["ola-brandt", "second-engineer"]


def test_the_architect_of_a_thing_is_not_any_architect() -> None:
    text = (
        "An architect said that he was never paid. It is odd, said Ann Holm, the architect of the "
        "campaign."
    )
    assert {s.name for s in sources(text).values()} == {"architect", "Ann Holm"}


def test_a_nickname_is_no_name() -> None:
    text = (
        "Ann Holm said the hull was old. Critics say that Honest Ann Holm said it before. Ann Holm "
        "said no more."
    )
    assert "Ann Holm" in {s.name for s in sources(text).values()}


def test_initials_are_those_of_an_office() -> None:
    text = "The inspector general said that it was old. The IG said that the board had known."
    assert len(set(speakers(text))) == 1


def test_several_whom_only_the_network_hears_are_nobody_who_was_named() -> None:
    text = "Ann Holm gave up the plan. Two Liberal speechwriters argued that it hurt the party."
    graph = build_record(article_from_text(HEAD + text))
    assert {s.name for s in graph.sources} == {"two Liberal speechwriters"}


def test_what_looks_back_is_not_named_later() -> None:
    text = (
        "The surveyor said that the hull was cracked.\n\n"
        "Ola Brandt, a surveyor from another town, said that it was sound."
    )
    assert speakers(text) == ["surveyor", "ola-brandt"]


def test_a_headline_describes_who_the_article_names() -> None:
    article = article_from_text(
        "Ambassador calls the ferry a wreck\n\nThe old ferry was laid up for good in May.\n\n"
        "The American ambassador, Ann Holm, said that the ferry was a wreck."
    )
    found = resolve_sources(article, extractor()(article), registry())
    assert [s.id for s in found.sources] == ["ann-holm"]


def test_the_noun_beside_a_name_tells_its_type() -> None:
    text = (
        "The security firm Fenwick Labs said it was old. The newsletter Zero Hour said it was new. "
        "Its lawyer, Tunde Fashola, said it was sold. A student named Reeve Hale said it was gone."
    )
    assert {s.name: s.type for s in sources(text).values()} == {
        "Fenwick Labs": SourceType.ORGANIZATION,
        "Zero Hour": SourceType.NEWS_OUTLET,
        "Tunde Fashola": SourceType.PERSON,
        "Reeve Hale": SourceType.PERSON,
    }


def test_a_firm_is_called_by_its_first_word() -> None:
    text = (
        "Tri-River Rail said the bridge was old. An engineer at Tri-River Rail said it was rotten. "
        "Tri-River said later that it was sold."
    )
    assert speakers(text) == ["tri-river-rail", "engineer-at-tri-river-rail", "tri-river-rail"]
    apart = "The Brandt Foundation said it was old. Brandt said that he never gave it a penny."
    assert len(set(speakers(apart))) == 2


def test_a_name_with_an_ampersand_is_whole() -> None:
    assert set(sources("Hallam & Reeve said that the book was withdrawn.")) == {"hallam-reeve"}


@pytest.mark.parametrize("town", ["Lviv Independent", "Jakarta Post", "Harrow Guardian"])
def test_an_outlet_goes_by_its_last_word_even_where_another_has_that_name(town: str) -> None:
    text = f"The {town} said that the hull was old. The {town.split()[1]} said it was rotten."
    assert len(set(speakers(text))) == 1


@pytest.mark.parametrize(
    ("before", "after", "outlet"),
    [
        ("The Ledger has seen the files.", "A clerk gave them to the newspaper.", "Ledger"),
        ("The bank hid it, Radio Nord reported.", "Lee told the broadcaster so.", "Radio Nord"),
        ("Reuters said the bank will close.", "The news agency cited a memo.", "Reuters"),
        ("Ann Holm told the Mail that it burned.", "A memo was sent to the paper.", "Mail"),
        ("The Gazette said it was late.", "Bo Lind told the daily so in May.", "Gazette"),
        ("The Herald has the tape.", "A clerk sent it to the magazine in May.", "Herald"),
    ],
)
def test_the_paper_is_the_outlet_that_was_named(before: str, after: str, outlet: str) -> None:
    found = resolve(f"{before} {after}").sources
    assert [s.name for s in found if s.type is SourceType.NEWS_OUTLET] == [outlet]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Norwick Water denied it. Clear Watch, a group, has a copy. The company said so.",
            "Water",
        ),
        ("Tarn Energy said no. The union Dale said yes. The firm said it was sure.", "Tarn Energy"),
        ("Halvorsen Pharma rejected it. The company said the study had flaws.", "Halvorsen Pharma"),
        ("A pill by Halvorsen Pharma failed. Halvorsen said it was sorry.", "Halvorsen Pharma"),
        ("Dr. Paul Rome said no. Eva Adair was ill. Her doctor said she should stop.", "doctor"),
        ("Gail Brandt, a lawyer for Lee, spoke. His lawyer said that he was calm.", "Gail Brandt"),
    ],
)
def test_the_company_is_the_firm_and_her_doctor_is_hers(text: str, speaker: str) -> None:
    result = resolve(text)
    names = {s.id: s.name for s in result.sources}
    last = max((a for a in result.attributions if a.source_ids), key=lambda a: a.cue)
    assert names[last.source_ids[0]].endswith(speaker)
