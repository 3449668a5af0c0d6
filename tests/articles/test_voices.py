# ruff: noqa: E501 - markup as platforms write it
"""Who said it stands in the form: signatures, transcripts, interviews, letters, posts, elements."""

from collections.abc import Mapping

import pytest

from provenance.articles import parse_article
from provenance.model import ARTICLE, SourceGraph, SourceType
from provenance.pipeline import build_record

REST = (
    "The harbour master, Rob Elsey, said that he had not been told about the work. He said that the "
    "ship had sailed on Wednesday without any trouble."
)
LEAD = (
    "The island's only ferry will not run between December and March. Islanders reacted with anger "
    "on Thursday, and the council met in the evening."
)


def told(graph: SourceGraph) -> dict[str, set[str]]:
    """Return what each source is credited with in the article's own voice, by its name."""
    names = {source.id: source.name for source in graph.sources}
    out: dict[str, set[str]] = {}
    for one in graph.attributions:
        if one.depth == 0 and one.source_ids:
            words = " ".join(graph.article.quote(span) for span in one.content)
            for id_ in one.source_ids:
                out.setdefault(names[id_], set()).add(" ".join(words.split()))
    return out


def check(graph: SourceGraph, wanted: Mapping[str, str]) -> None:
    """Hold that whoever is *wanted* for some words is credited with them, and nobody else is."""
    found = told(graph)
    for words, speaker in wanted.items():
        assert {who for who, said in found.items() if any(words in one for one in said)} == {
            speaker
        }, (words, found)


def text(body: str) -> SourceGraph:
    return build_record(parse_article(body.encode(), "story.txt"))


def page(body: str, *, title: str = "Ferry line cancels winter service") -> SourceGraph:
    whole = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return build_record(parse_article(whole.encode(), "story.html"))


ROUND_UPS = {
    "dash on the same line": (
        "“The pier was never inspected, and we said so in March.” – Una Bright, diver\n\n"
        "“Our reports are public, and they show that it was.” —Harbour Commissioner Paul Quist\n"
    ),
    "dash on the next line": (
        '"The pier was never inspected, and we said so in March."\n— Una Bright\n\n'
        '"Our reports are public, and they show that it was."\n— Paul Quist, commissioner\n'
    ),
    "dash in the next paragraph": (
        '"The pier was never inspected, and we said so in March."\n\n- Una Bright, diver\n\n'
        '"Our reports are public, and they show that it was."\n\n-- Paul Quist\n'
    ),
    "name above with a colon": (
        'Una Bright, diver:\n\n"The pier was never inspected, and we said so in March."\n\n'
        'From Commissioner Paul Quist:\n\n"Our reports are public, and they show that it was."\n'
    ),
    "name before on the same line": (
        'Una Bright: "The pier was never inspected, and we said so in March."\n\n'
        'Paul Quist, commissioner: "Our reports are public, and they show that it was."\n'
    ),
    "statements": (
        "Statement from Una Bright, head of the divers:\n\n"
        "The pier was never inspected, and we said so in March.\n\n"
        "A statement by Commissioner Paul Quist:\n\n"
        "“Our reports are public, and they show that it was.”\n"
    ),
    "name and office below": (
        "“The pier was never inspected, and we said so in March.”\n\nUna Bright, diver\n\n"
        "“Our reports are public, and they show that it was.”\n\nPaul Quist, harbour commissioner\n"
    ),
    "in brackets": (
        "“The pier was never inspected, and we said so in March.” (Una Bright, diver)\n\n"
        "“Our reports are public, and they show that it was.” (Paul Quist)\n"
    ),
}


@pytest.mark.parametrize("form", ROUND_UPS)
def test_a_round_up_of_quotations(form: str) -> None:
    graph = text(
        f"Divers and officials at odds over pier\n\nBy Nadia Frost\n\n{LEAD}\n\n{ROUND_UPS[form]}"
    )
    check(graph, {"never inspected": "Una Bright", "reports are public": "Paul Quist"})
    assert graph.article.title == "Divers and officials at odds over pier"
    assert graph.article.authors == ("Nadia Frost",)


def test_a_quotation_over_paragraphs_is_signed_once() -> None:
    graph = text(
        f"Pier closed after storm\n\n{LEAD}\n\n“The pier was never inspected, and we said so.\n\n"
        "“Nobody answered our letters to the board.”\n\n— Una Bright, diver\n\n" + REST
    )
    check(graph, {"never inspected": "Una Bright", "answered our letters": "Una Bright"})
    check(graph, {"had not been told": "Rob Elsey"})


def test_what_is_no_signature_stays_where_it_was() -> None:
    graph = text(
        f"Pier closed after storm\n\n{LEAD}\n\n“The pier was never inspected, and we said so,” the "
        "diver, Una Bright, said.\n\nStorm Damage Grows\n\n"
        "“We saw it move,” said Paul Quist.\n\nNorth Pier, South Pier\n\n" + REST
    )
    check(graph, {"never inspected": "Una Bright", "We saw it move": "Paul Quist"})


INTRO = "The mayor of Port Alder, Ines Calloway, spoke to the Echo on Friday about the fund."
TRANSCRIPTS = {
    "Q and A": (
        "Q: When did you hear of it?\n\nA: On 3 May. The fund was two million short.\n\n"
        "Q: Did you tell the council?\n\nA: Not that day. The audit came first.\n"
    ),
    "Q. and A.": (
        "Q. When did you hear of it?\n\nA. On 3 May. The fund was two million short.\n\n"
        "Q. Did you tell the council?\n\nA. Not that day.\n\nThe audit came first.\n"
    ),
    "names": (
        "Echo: When did you hear of it?\n\nCalloway: On 3 May. The fund was two million short.\n\n"
        "Echo: Did you tell the council?\n\nCalloway: Not that day. The audit came first.\n"
    ),
    "capitals": (
        "ECHO: When did you hear of it?\nCALLOWAY: On 3 May. The fund was two million short.\n"
        "ECHO: Did you tell the council?\nCALLOWAY: Not that day. The audit came first.\n"
    ),
    "initials and times": (
        "[00:12] Q: When did you hear of it?\n\n[00:15] IC: On 3 May. The fund was two million "
        "short.\n\n[00:31] Q: Did you tell the council?\n\n[00:40] IC: Not that day. The audit came "
        "first.\n"
    ),
    "words": (
        "Question: When did you hear of it?\nAnswer: On 3 May. The fund was two million short.\n\n"
        "Question: Did you tell the council?\nAnswer: Not that day. The audit came first.\n"
    ),
    "full names": (
        "Reporter: When did you hear of it?\n\nIves Roth (Echo): How much was it?\n\nInes Calloway: "
        "On 3 May. The fund was two million short.\n\nReporter: Did you tell the council?\n\n"
        "Ines Calloway: Not that day. The audit came first.\n"
    ),
}


@pytest.mark.parametrize("form", TRANSCRIPTS)
def test_a_transcript(form: str) -> None:
    graph = text(f"“Two million short”: the mayor on the fund\n\n{INTRO}\n\n{TRANSCRIPTS[form]}")
    check(graph, {"two million short.": "Ines Calloway", "audit came first": "Ines Calloway"})
    names = {source.name for source in graph.sources}
    assert not names & {"Q", "A", "Question", "Reporter", "IC", "Answer"}
    assert not any("When did you hear" in one for said in told(graph).values() for one in said)


def test_speakers_of_a_hearing_are_told_apart() -> None:
    graph = text(
        f"Hearing on the fund\n\n{LEAD}\n\nMS. BRIGHT: The books were closed in May.\n\n"
        "MR. QUIST: They were open, and I have a copy.\n\nMS. BRIGHT: It was never sent to us.\n\n"
        "MR. QUIST: It was sent twice.\n"
    )
    found = told(graph)
    bright = next(said for who, said in found.items() if "bright" in who.casefold())
    quist = next(said for who, said in found.items() if "quist" in who.casefold())
    assert bright >= {"The books were closed in May.", "It was never sent to us."}
    assert quist >= {"They were open, and I have a copy.", "It was sent twice."}


def test_what_is_told_within_an_answer_came_to_whoever_answers() -> None:
    graph = text(
        f"Interview with the mayor\n\n{INTRO}\n\nQ: When did you hear of it?\n\n"
        "A: On 3 May. The treasurer, Paul Quist, said that two million was gone.\n\n"
        "Q: And then?\n\nA: I went home and wrote to the bank.\n"
    )
    flows = {(f.source, f.target) for f in graph.flows}
    assert ("paul-quist", "ines-calloway") in flows
    assert ("ines-calloway", ARTICLE) in flows
    assert ("paul-quist", ARTICLE) not in flows


INTERVIEWS = {
    "bold paragraphs": (
        "<p><strong>When did you hear of it?</strong></p><p>On 3 May. It was two million short.</p>"
        "<p><b>People say that you told nobody.</b></p><p>The audit came first.</p>"
    ),
    "bold and a break": (
        "<p><strong>When did you hear of it?</strong><br>On 3 May. It was two million short.</p>"
        "<p><strong>Whom did you tell?</strong><br>Nobody. The audit came first.</p>"
    ),
    "headings": (
        "<h3>When did you hear of it?</h3><p>On 3 May. It was two million short.</p>"
        "<h3>Did you tell the council?</h3><p>Not that day.</p><p>The audit came first.</p>"
    ),
    "italics": (
        "<p><em>When did you hear of it?</em></p><p>On 3 May. It was two million short.</p>"
        "<p><em>Did you tell the council?</em></p><p>The audit came first.</p>"
    ),
    "classes": (
        '<p class="question">When did you hear of it?</p><p class="answer">On 3 May. It was two '
        'million short.</p><p class="question">Did you tell them?</p><p>The audit came first.</p>'
    ),
    "bold labels": (
        "<p><b>Q:</b> When did you hear of it?</p><p><b>A:</b> On 3 May. It was two million short."
        "</p><p><b>Q:</b> Did you tell them?</p><p><b>A:</b> No. The audit came first.</p>"
    ),
}


@pytest.mark.parametrize("form", INTERVIEWS)
def test_an_interview_on_a_page(form: str) -> None:
    graph = page(
        f"<p>{INTRO} She has been in office since 2019.</p>{INTERVIEWS[form]}"
        "<p><em>The interview was shortened.</em></p>",
        title="Ines Calloway: ‘We never saw a cent of it’",
    )
    check(graph, {"two million short": "Ines Calloway", "audit came first": "Ines Calloway"})


def test_questions_of_an_explainer_are_nobodys() -> None:
    graph = page(
        f"<p>{LEAD}</p><h2>What happened to the hull?</h2><p>It was inspected in August. {REST}</p>"
        "<h2>Who pays for the work?</h2><p>The county pays for two thirds of it, the budget says.</p>"
    )
    assert not any(one.by == "form" for one in graph.attributions)
    check(graph, {"had not been told": "Rob Elsey"})


LETTERS = {
    "closing": "Dear Editor,\n\n{}\n\nYours faithfully,\nUna Bright\nPort Alder\n",
    "closing on one line": "To the Editor:\n\n{}\n\nSincerely, Una Bright\n",
    "sir": "Sir – {}\n\nUna Bright\nPort Alder\n",
    "madam": "Dear Madam,\n\n{}\n\nKind regards,\n\nUna Bright, Port Alder\n",
    "signed": "Dear readers,\n\n{}\n\nSigned,\n\nUna Bright, chair of the divers\n",
}


@pytest.mark.parametrize("form", LETTERS)
def test_a_letter_is_its_writers(form: str) -> None:
    said = (
        "The pier was never inspected, whatever the board says. We wrote to them in March, and they "
        "did not answer.\n\nI have the photographs that prove it, and anybody may see them."
    )
    graph = text("Letter: the pier\n\n" + LETTERS[form].format(said))
    check(graph, {"photographs that prove": "Una Bright", "never inspected": "Una Bright"})


QUOTATIONS = {
    "cite": "<blockquote><p>{}</p><cite>Lena Voss, head of the line</cite></blockquote>",
    "footer": "<blockquote><p>{}</p><footer>— <cite>Lena Voss</cite></footer></blockquote>",
    "figcaption": (
        "<figure><blockquote><p>{}</p></blockquote><figcaption>Lena Voss, director</figcaption>"
        "</figure>"
    ),
    "paragraph within": "<blockquote><p>{}</p><p>— Lena Voss, director</p></blockquote>",
    "line after it": "<blockquote><p>{}</p></blockquote><p>– Lena Voss, director</p>",
    "break within": "<blockquote>{}<br>Lena Voss, director</blockquote>",
    "break in a paragraph": "<p>“{}”<br>Lena Voss, head of the line</p>",
    "class": '<blockquote><p>{}</p><p class="attribution">Lena Voss</p></blockquote>',
    "name and office after it": (
        "<blockquote><p>{}</p></blockquote><p>Lena Voss, head of the line</p>"
    ),
    "dash": "<p>“{}” – Lena Voss, head of the line</p>",
}


@pytest.mark.parametrize("form", QUOTATIONS)
def test_a_quotation_with_its_speaker_in_an_element(form: str) -> None:
    said = "We are sorry to say that there will be no winter sailings."
    graph = page(f"<p>{LEAD}</p>{QUOTATIONS[form].format(said)}<p>{REST}</p>")
    check(graph, {"no winter sailings": "Lena Voss", "had not been told": "Rob Elsey"})


POSTS = {
    "Twitter": (
        '<blockquote class="twitter-tweet"><p lang="en">{}</p>&mdash; Blackwater Ferries (@bwferries) '
        '<a href="https://twitter.com/bwferries/status/1001">November 2, 2023</a></blockquote>'
    ),
    "X": (
        '<blockquote class="twitter-tweet"><p>{}</p>&mdash; Blackwater Ferries (@bwferries) <a '
        'href="https://x.com/bwferries/status/1001?ref_src=twsrc">November 2, 2023</a></blockquote>'
    ),
    "Bluesky": (
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p>{}</p>&mdash; Blackwater '
        'Ferries (<a href="https://bsky.app/profile/did:plc:x">@bwf.bsky.social</a>) <a '
        'href="https://bsky.app/profile/did:plc:x/post/3k">November 2, 2023 at 3:04 PM</a>'
        "</blockquote>"
    ),
    "Instagram": (
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/a/">'
        '<div><a href="https://www.instagram.com/p/a/">View this post on Instagram</a><p>{}</p><p>'
        '<a href="https://www.instagram.com/p/a/">A post shared by Blackwater Ferries (@bwferries)'
        "</a> on <time>November 2, 2023</time></p></div></blockquote>"
    ),
    "Facebook": (
        '<div class="fb-post" data-href="https://www.facebook.com/bwf/posts/1"><blockquote '
        'cite="https://www.facebook.com/bwf/posts/1" class="fb-xfbml-parse-ignore"><p>{}</p>Posted by '
        '<a href="https://www.facebook.com/bwf">Blackwater Ferries</a> on&nbsp;<a href="https://www.'
        'facebook.com/bwf/posts/1">Thursday, November 2, 2023</a></blockquote></div>'
    ),
    "Mastodon": (
        '<blockquote class="mastodon-embed" data-embed-url="https://sea.example/@bwf/110000/embed">'
        "<div>Blackwater Ferries</div><div>@bwf@sea.example</div><p>{}</p><a href="
        '"https://sea.example/@bwf/110000">November 2, 2023</a></blockquote>'
    ),
    "Threads": (
        '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@bwf/'
        'post/C1"><p>{}</p><div>Post by Blackwater Ferries (@bwf)</div><div>View on Threads</div>'
        "<time>November 2, 2023</time></blockquote>"
    ),
}


@pytest.mark.parametrize("platform", POSTS)
def test_a_post_is_a_statement_with_author_channel_and_date(platform: str) -> None:
    said = "We are sorry to say that there will be no winter sailings."
    graph = page(f"<p>{LEAD}</p>{POSTS[platform].format(said)}<p>{REST}</p>")
    check(graph, {"no winter sailings": "Blackwater Ferries", "had not been told": "Rob Elsey"})
    types = {source.id: source.type for source in graph.sources}
    names = {source.name: source.id for source in graph.sources}
    (post,) = (id_ for id_, type_ in types.items() if type_ is SourceType.STATEMENT)
    assert types[names[platform]] is SourceType.CHANNEL
    flows = {(f.source, f.target) for f in graph.flows}
    author, channel = names["Blackwater Ferries"], names[platform]
    assert {(author, channel), (channel, post), (post, ARTICLE)} <= flows
    assert (author, ARTICLE) not in flows
    (event,) = (e for e in graph.events if e.kind == "posting")
    assert event.date.startswith("2023-11-02")


def test_three_posts_are_three_statements() -> None:
    def post(name: str, handle: str, said: str) -> str:
        return (
            f'<blockquote class="twitter-tweet"><p>{said}</p>&mdash; {name} (@{handle}) <a href="https'
            f'://twitter.com/{handle}/status/11">November 2, 2023</a></blockquote>'
        )

    graph = page(
        f"<p>{LEAD}</p>"
        + post("Blackwater Ferries", "bwf", "There will be no winter sailings this year.")
        + post("Moira Tunstall", "mt", "The hull was inspected in August and found sound.")
        + post("Una Bright", "ub", "I saw the crack myself when I dived under her.")
        + f"<p>{REST}</p>"
    )
    wanted = {"no winter": "Blackwater Ferries", "found sound": "Moira Tunstall"}
    check(graph, {**wanted, "saw the crack": "Una Bright"})
    assert sum(source.type is SourceType.STATEMENT for source in graph.sources) == 3


def test_a_post_copied_as_text_is_its_authors() -> None:
    graph = text(
        f"Ferry line cancels winter service\n\n{LEAD}\n\nWe are sorry to say that there will be no "
        "winter sailings.\n— Blackwater Ferries (@bwferries) November 2, 2023\n\n" + REST
    )
    check(graph, {"no winter sailings": "Blackwater Ferries", "had not been told": "Rob Elsey"})


def test_what_begins_like_a_letter_or_a_heading_is_neither() -> None:
    graph = text(
        f"Pier closed after storm\n\n{LEAD}\n\nSir Nils Roth, the county's commissioner, said that the pier "
        "was safe.\n\nPartial transcript as follows:\n\n“We saw it move,” said Paul Quist.\n\nOne man in Port "
        "Alder, answering that:\n\n“They lie,” the man shouted.\n\nNorth Pier\n\nEditor's note: The county owns "
        "the pier.\n"
    )
    assert not any(one.by == "form" for one in graph.attributions)


def test_a_headline_is_no_turn() -> None:
    graph = text(
        f"Una Bright Hammers Paul Quist: ‘You never inspected it, and we know it.’\n\n{LEAD}\n\n{REST}\n"
    )
    assert not any(one.by == "form" for one in graph.attributions)


PAPERS = {
    "colon": "The Port Ledger: “The board has failed.”\n\nThe Daily Echo: “The crews are right.”\n",
    "line above": "The Port Ledger\n\n“The board has failed.”\n\nThe Daily Echo\n\n“The crews are right.”\n",
    "line above with a colon": (
        "The Port Ledger:\n\n“The board has failed.”\n\nThe Daily Echo:\n\n“The crews are right.”\n"
    ),
    "line below": "“The board has failed.”\n— The Port Ledger\n\n“The crews are right.”\n— The Daily Echo\n",
    "brackets": "“The board has failed.” (The Port Ledger)\n\n“The crews are right.” (The Daily Echo)\n",
}


@pytest.mark.parametrize("form", PAPERS)
def test_a_round_up_of_papers(form: str) -> None:
    graph = text(f"What the papers say about the fees\n\n{LEAD}\n\n{PAPERS[form]}")
    found = {words: who for who, said in told(graph).items() for words in said}
    assert found["“The board has failed.”"].endswith("Port Ledger")
    assert found["“The crews are right.”"].endswith("Daily Echo")


@pytest.mark.parametrize(
    "byline",
    ["By Ada Roth", "by ADA ROTH", "By Ada Roth and Tomas Wren", "By Ada Roth, Harbour Desk"],
)
def test_a_byline_over_one_quotation_signs_nothing(byline: str) -> None:
    body = "“The rails were safe when we left them,” Ines Calloway, a former clerk, said."
    article = parse_article(f"Rails checked again\n\n{byline}\n\n{body}\n".encode(), "story.txt")
    assert article.voices == ()
