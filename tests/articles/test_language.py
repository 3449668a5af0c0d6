"""English is told from other languages, also where it is full of foreign names, without network."""

from dataclasses import replace

import pytest

from provenance.articles import article_from_text, check_language, parse_article
from provenance.articles.language import guess_language
from provenance.errors import ArticleError

OTHERS = {
    "de": "Der Minister sagte am Montag, dass die Brücke sicher sei. Die Opposition bezweifelt "
    "das, und auch die Zeitung berichtete unter Berufung auf ein Dokument, dass es Risse gebe.",
    "fr": "Le ministre a déclaré lundi que le pont était sûr. L'opposition en doute, et le journal "
    "a rapporté, citant un document, qu'il y avait des fissures dans le béton.",
    "da": "Ministeren sagde mandag, at broen er sikker. Oppositionen tvivler på det, og avisen "
    "skrev med henvisning til et dokument, at der var revner i betonen.",
    "nl": "De minister zei maandag dat de brug veilig is. De oppositie betwijfelt dat, en de krant "
    "meldde op basis van een document dat er scheuren in het beton zitten.",
    "es": "El ministro dijo el lunes que el puente es seguro. La oposición lo duda, y el periódico "
    "informó, citando un documento, que había grietas en el hormigón.",
    "pl": "Minister powiedział w poniedziałek, że most jest bezpieczny. Opozycja w to wątpi, a "
    "gazeta podała, powołując się na dokument, że w betonie są pęknięcia.",
    "ru": "Министр заявил в понедельник, что мост безопасен. Оппозиция сомневается в этом, а "
    "газета сообщила со ссылкой на документ о трещинах в бетоне старого моста через реку.",
    "uk": "Міністр заявив у понеділок, що міст безпечний. Опозиція сумнівається в цьому, а газета "
    "повідомила з посиланням на документ про тріщини в бетоні старого моста.",
    "ar": "قال الوزير يوم الاثنين إن الجسر آمن، وذكرت الصحيفة نقلا عن وثيقة أن هناك شقوقا.",
    "zh": "部长星期一表示大桥是安全的。报纸援引一份文件报道说大桥有裂缝。"
    "反对党对此表示怀疑,要求进行独立调查。",
    "ja": "大臣は月曜日、橋は安全だと述べた。"
    "新聞は文書を引用し、ひび割れがあると報じた。野党は疑っている。",
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_refused_in_one_line(language: str) -> None:
    article = article_from_text(OTHERS[language], "a.txt")
    assert article.language == language
    with pytest.raises(ArticleError) as caught:
        check_language(article)
    assert str(caught.value) == (
        f"cannot use a.txt: it is not in English but in '{language}', --force reads it all the same"
    )


ENGLISH = {
    "foreign names": "Wolodymyr Selenskyj met Andrzej Duda and Recep Tayyip Erdoğan at Dolmabahçe "
    "Sarayı in Beşiktaş, Yevhen Perebyinis of the Verkhovna Rada told Der Spiegel. Bundeskanzler "
    "Olaf Scholz was not there, and Mykhailo Podolyak said that he had not been asked.",
    "a quotation": "The minister said on Monday: „Die Brücke ist sicher, und niemand muss gehen.“ "
    "He did not say when the report would be out, and the paper stood by its story.",
    "capitals": "THE MINISTER SAID ON MONDAY THAT THE BRIDGE IS SAFE AND THAT NOBODY HAS TO LEAVE.",
    "telegraphic": "Talks collapse; envoys leave Geneva. Oil jumps. Stocks slide worldwide. "
    "Analysts blame weak demand, rising rates, supply fears. Gold steady. Traders eye data due "
    "Friday; central banks expected to hold rates steady, economists say.",
}


@pytest.mark.parametrize("case", ENGLISH)
def test_english_passes(case: str) -> None:
    article = article_from_text(ENGLISH[case])
    check_language(article)
    assert article.language == "en"


UNTOLD = {
    "a few words": "Der Minister sagte nichts.",
    "names": "Volodymyr Zelenskyy, Xi Jinping, Olaf Scholz, Mateusz Morawiecki, Giorgia Meloni\n"
    * 9,
    "a table": "Ferry  Year  Tons\nAlma  1970  1200\nBerta  1971  1300\n" * 20,
    "figures": "12 34 56 78\n" * 100,
    "a program": "x = [f(y) for y in z if y > 0]; g(x, *y)[0] += {1: 2}['k']\n" * 20,
}


@pytest.mark.parametrize("case", UNTOLD)
def test_what_cannot_be_told_passes(case: str) -> None:
    article = article_from_text(UNTOLD[case])
    check_language(article)
    assert article.language in ("", "en")


def test_a_page_that_says_another_language_than_it_is_in() -> None:
    page = "<html lang='{}'><body><article><p>{}</p></article></body></html>"
    english = ENGLISH["foreign names"] * 3
    assert parse_article(page.format("de", english).encode(), "a.html").language == "en"
    german = OTHERS["de"] * 3
    article = parse_article(page.format("en", german).encode(), "a.html")
    assert article.language == "de"
    with pytest.raises(ArticleError, match="not in English"):
        check_language(article)


def test_what_the_file_says_counts_where_the_words_do_not_tell() -> None:
    article = replace(article_from_text("Alma, Berta, Cora"), language="en")
    assert guess_language(article) == "en"
    check_language(replace(article, language="de"))
