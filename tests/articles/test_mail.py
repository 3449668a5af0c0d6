# ruff: noqa: E501 - heads of messages as programs write them
"""E-mail: whole paragraphs, who wrote which part of it, and what is attached."""

import io
import random
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from provenance.articles import parse_article
from provenance.articles.corpus import find_items
from provenance.articles.corpus.items import read_items
from provenance.articles.mail import messages, parts_of, unflowed
from provenance.model import ARTICLE, Failure, Passed, SourceGraph
from provenance.pipeline import build_record
from tests.conftest import Prov

STORY = (
    "The harbour board raised its fees by a fifth on Tuesday, its director, Ruth Abel, said. The "
    "fishing union called the step a mistake.\n\n"
    '"Half of our boats will leave for other ports," the chair of the union, Oscar Dunne, said. He '
    "said that nobody had asked the crews.\n"
)


def mail(text: str, subtype: str = "plain", subject: str = "Harbour fees") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Conrad Bell <conrad@ledger.example>"
    message["To"] = "desk@ledger.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 04 Mar 2024 23:30:00 -0500"
    message["Message-ID"] = "<1@ledger.example>"
    message.set_content(text, subtype=subtype, charset="utf-8")
    return message


def read(message: EmailMessage) -> SourceGraph:
    return build_record(parse_article(bytes(message), "a.eml"))


def flows(graph: SourceGraph) -> set[tuple[str, str]]:
    return {(f.source, f.target) for f in graph.flows}


def flowed(text: str, width: int = 60) -> bytes:
    """Return a mail of *text* as format=flowed has it."""
    lines: list[str] = []
    for part in text.split("\n\n"):
        line = ""
        for word in part.split():
            if line and len(line) + len(word) > width:
                lines.append(line)
                line = ""
            line += word + " "
        lines += [line.rstrip(), ""]
    head = "From: Joan Ferrer <j@x.example>\nSubject: Harbour\nMIME-Version: 1.0\n"
    kind = "Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
    return (head + kind + "\n".join(lines)).encode()


@pytest.mark.parametrize("width", [30, 44, 60, 72, 78])
def test_flowed_lines_are_joined(width: int) -> None:
    graph = build_record(parse_article(flowed(STORY, width), "a.eml"))
    assert {s.name for s in graph.sources} == {"Ruth Abel", "Oscar Dunne", "fishing union"}
    assert "its director, Ruth Abel, said" in graph.article.text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two\nthree", "> one two\nthree"),
        ("> one \n>> two", "> one\n>> two"),
        (" >stuffed \nand \n-- \nJoan", ">stuffed and\n-- \nJoan"),
        ("one \n two", "one two"),
    ],
)
def test_rfc_3676(text: str, plain: str) -> None:
    assert unflowed(text) == plain


def test_delsp_takes_the_blank_away() -> None:
    assert unflowed("fort \nress", delsp=True) == "fortress"


HEADS = {
    "Gmail": (
        "---------- Forwarded message ---------\nFrom: Valley Post <news@valleypost.example>\nDate: "
        "Mon, Mar 4, 2024 at 9:12 AM\nSubject: Harbour fees\nTo: <conrad@ledger.example>\n\n"
    ),
    "Outlook": (
        "-----Original Message-----\nFrom: Valley Post\nSent: Monday, March 4, 2024 9:12 AM\nTo: "
        "Conrad Bell\nSubject: Harbour fees\n\n"
    ),
    "Apple": (
        "Begin forwarded message:\n\nFrom: Valley Post <news@valleypost.example>\nSubject: Harbour "
        "fees\nDate: 4 March 2024 at 09:12:00 GMT\nTo: conrad@ledger.example\n\n"
    ),
    "Thunderbird": (
        "-------- Forwarded Message --------\nSubject: Harbour fees\nDate: Mon, 4 Mar 2024 09:12:00\n"
        "From: Valley Post <news@valleypost.example>\nTo: conrad@ledger.example\n\n"
    ),
    "bold": (
        "*From:* Valley Post <news@valleypost.example>\n*Sent:* Monday, March 4, 2024 9:12 AM\n*To:* "
        "Conrad Bell\n*Subject:* Harbour fees\n\n"
    ),
}


@pytest.mark.parametrize("program", HEADS)
def test_what_was_forwarded_came_by_way_of_whom_it_is_from(program: str) -> None:
    graph = read(mail("Please see below.\n\nConrad\n\n" + HEADS[program] + STORY))
    assert flows(graph) >= {
        ("ruth-abel", "valley-post"),
        ("oscar-dunne", "valley-post"),
        ("valley-post", ARTICLE),
    }
    assert graph.article.authors == ("Conrad Bell",)
    assert graph.article.published == "2024-03-04T23:30:00-05:00"


ANSWERED = {
    "Gmail": "On Mon, Mar 4, 2024 at 9:12 AM Ruth Abel <abel@harbour.example> wrote:",
    "Thunderbird": "On 3/4/24 09:12, Ruth Abel wrote:",
    "Apple": "On 4 Mar 2024, at 09:12, Ruth Abel <abel@harbour.example> wrote:",
    "mutt": "On Mon, Mar 04, 2024 at 09:12:00AM +0000, Ruth Abel wrote:",
    "short": "Ruth Abel wrote:",
}


@pytest.mark.parametrize("program", ANSWERED)
def test_what_is_answered_to_is_its_writers(program: str) -> None:
    graph = read(
        mail(
            f"I doubt all of this, and I shall ask the crews.\n\n{ANSWERED[program]}\n"
            "> The fees were raised by a fifth, and every crew was told in\n> January. Oscar Dunne "
            "said that he agreed.\n"
        )
    )
    said = {
        name: " ".join(graph.article.quote(s) for s in one.content)
        for one in graph.attributions
        for name in one.source_ids
        if one.depth == 0
    }
    assert "every crew was told" in said["ruth-abel"]
    assert ("oscar-dunne", "ruth-abel") in flows(graph)
    assert "I doubt" not in said["ruth-abel"]


def test_answers_within_answers_are_nested() -> None:
    graph = read(
        mail(
            "No, they were not.\n\nRuth Abel wrote:\n> Every crew was told in January.\n>\n"
            "> Oscar Dunne wrote:\n>> Nobody has asked any of the crews about the fees.\n"
        )
    )
    assert flows(graph) == {("oscar-dunne", "ruth-abel"), ("ruth-abel", ARTICLE)}


def test_a_signature_says_nothing() -> None:
    text = STORY + "\n-- \nPress Office\nThe board says that this e-mail is for you alone.\n"
    graph = read(mail(text))
    assert {s.name for s in graph.sources} == {"Ruth Abel", "Oscar Dunne", "fishing union"}


def test_the_better_of_plain_and_page_is_read() -> None:
    message = mail("This mail is a page. See it in your browser.")
    page = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    message.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    assert {s.name for s in read(message).sources} >= {"Ruth Abel", "Oscar Dunne"}
    short = mail(STORY)
    short.add_alternative("<p>See the plain text.</p>", subtype="html")
    assert {s.name for s in read(short).sources} >= {"Ruth Abel", "Oscar Dunne"}


def _text(message: EmailMessage) -> None:
    message.add_attachment(STORY, filename="story.txt")


def _page(message: EmailMessage) -> None:
    words = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    page = f"<html><body><article><h1>Harbour fees</h1>{words}</article></body></html>"
    message.add_attachment(page, subtype="html", filename="story.html")


def _message(message: EmailMessage) -> None:
    message.add_attachment(mail(STORY))


def _unnamed(message: EmailMessage) -> None:
    message.add_attachment(STORY)


def _nested(message: EmailMessage) -> None:
    outer = mail("The story is attached to this one.")
    outer.add_attachment(STORY, filename="story.txt")
    message.add_attachment(outer)


@pytest.mark.parametrize("attach", [_text, _page, _message, _unnamed, _nested])
def test_what_is_attached_is_an_article(
    attach: Callable[[EmailMessage], None], tmp_path: Path, prov: Prov
) -> None:
    message = mail("See attached. The board will not comment, Vera Lund told me on Monday.")
    attach(message)
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    found = list(find_items([str(path)]))
    assert found[0].location == str(path)
    assert all(one.location.startswith(f"{path}#") for one in found[1:])
    done = prov("build", "--to", "json", str(path))
    assert done.exit_code == 0, done.output
    assert "Oscar Dunne" in done.stdout
    assert "Vera Lund" in done.stdout
    assert len(done.stdout.splitlines()) == len(found)


def test_what_is_attached_and_no_text_is_said(tmp_path: Path, prov: Prov) -> None:
    message = mail(STORY)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="pier.png")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    done = prov("build", "--to", "json", str(path))
    assert done.exit_code == 0
    assert done.stderr.count("\n") == 1
    assert "pier.png" in done.stderr
    assert sum(isinstance(one, Failure) for one in find_items([str(path)])) == 1


def test_a_mailbox_is_many(tmp_path: Path, prov: Prov) -> None:
    texts = (STORY, STORY.replace("Dunne", "Finch"), STORY.replace("Dunne", "Roth"))
    box = b"".join(
        b"From c@x.example Mon Mar  4 09:12:00 2024\n" + bytes(mail(text)) + b"\n" for text in texts
    )
    assert len(list(parts_of(box, "a.mbox"))) == 3
    path = tmp_path / "a.mbox"
    path.write_bytes(box)
    done = prov("build", "--to", "json", str(path))
    assert [name for name in ("Dunne", "Finch", "Roth") if name in done.stdout] == [
        "Dunne",
        "Finch",
        "Roth",
    ]
    assert len(done.stdout.splitlines()) == 3


def maildir(folder: Path) -> Path:
    """Return a Maildir with a message read, one that is new, and one not delivered yet."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    message = mail(STORY.replace("Dunne", "Finch"))
    message.add_attachment(STORY.replace("Dunne", "Roth"), filename="story.txt")
    (folder / "cur" / "1709596200.M1P2.host:2,S").write_bytes(bytes(mail(STORY)))
    (folder / "new" / "1709596201.M2P2.host").write_bytes(bytes(message))
    (folder / "tmp" / "1709596202.M3P2.host").write_bytes(bytes(mail(STORY)))
    return folder


def test_a_maildir_is_many(tmp_path: Path, prov: Prov) -> None:
    """Its messages and what is attached to them are articles; what is under way is none."""
    box = maildir(tmp_path / "Mail")
    done = prov("build", "--to", "json", str(box))
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert [sum(name in line for line in lines) for name in ("Dunne", "Finch", "Roth")] == [1, 1, 1]
    found = [one for one in find_items([str(box)]) if not isinstance(one, Failure)]
    assert len(found) == 3
    assert sum("#story.txt" in one.location for one in found) == 1


def test_cur_alone_is_no_maildir(tmp_path: Path) -> None:
    """A folder that happens to be called so is a folder."""
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "notes").write_bytes(bytes(mail(STORY)))
    assert [one.reason for one in find_items([str(tmp_path)]) if isinstance(one, Failure)]


def test_of_a_mutated_mail_nothing_vanishes() -> None:
    """Each message is read or told, with each part of it, whatever happened to the mailbox."""
    box = b"".join(
        b"From c@x.example Mon Mar  4 09:12:00 2024\n" + bytes(_with_story(number)) + b"\n"
        for number in range(3)
    )
    chance = random.Random(5)
    for _ in range(250):
        data = bytearray(box)
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at : at + chance.randrange(1, 40)] = chance.randbytes(8)
            case 1:
                del data[at : at + chance.randrange(1, 200)]
            case 2:
                data[at:at] = data[: chance.randrange(1, 60)]
            case 3:
                data[at] ^= 1 << chance.randrange(8)
        found = list(read_items("a.mbox", io.BytesIO(bytes(data)), {}))
        starts = [one for one in found if not isinstance(one, Passed)]
        assert len(starts) >= len(list(messages(bytes(data))))
        assert all(one.location.startswith("a.mbox") for one in starts)


def _with_story(number: int) -> EmailMessage:
    message = mail(STORY.replace("Dunne", f"Finch{number}"))
    message.add_attachment(STORY, filename="story.txt")
    return message


def test_a_broken_message_takes_no_other_along() -> None:
    """What stands behind a message that cannot be read is read."""
    bad = b"From: c@x.example\nSubject: " + b"x" * 20_000 + b"\nMIME-Version: 1.0\n\nHi.\n"
    head = b"From c@x.example Mon Mar  4 09:12:00 2024\n"
    box = head + bytes(_with_story(1)) + b"\n" + head + bad + head + bytes(_with_story(2))
    found = list(read_items("a.mbox", io.BytesIO(box), {}))
    assert sum(isinstance(one, Failure) for one in found) == 1
    assert [one.location for one in found if not isinstance(one, Failure)] == [
        *("a.mbox#1.eml", "a.mbox#1-story.txt", "a.mbox#2.eml"),
        *("a.mbox#3.eml", "a.mbox#3-story.txt"),
    ]


PAGE_HEADS = {
    "Outlook": "<hr><div><b>From:</b> Quay Press Agency &lt;desk@qpa.example&gt;<br><b>Sent:</b> Monday, 4 March 2024 18:12<br><b>To:</b> Lena Brandt<br><b>Subject:</b> Fees</div>",
    "Apple": "<div>Begin forwarded message:</div><div><b>From: </b>Quay Press Agency &lt;desk@qpa.example&gt;</div><div><b>Subject: </b>Fees</div><div><b>Date: </b>4 March 2024</div>",
    "Gmail": '<div class="gmail_quote"><div>---------- Forwarded message ---------<br>From: <b>Quay Press Agency</b> &lt;desk@qpa.example&gt;<br>Date: Mon, Mar 4, 2024<br>Subject: Fees<br>To: Lena Brandt</div></div>',
    "table": "<table><tr><td>From: Quay Press Agency</td></tr><tr><td>Date: 4 March 2024</td></tr><tr><td>Subject: Fees</td></tr></table>",
}


@pytest.mark.parametrize("program", PAGE_HEADS)
def test_what_a_page_forwards_came_by_way_of_its_writer(program: str) -> None:
    paragraphs = "".join(f"<p>{one}</p>" for one in STORY.strip().split("\n\n"))
    html = f"<html><head><style>p {{}}</style></head><body><p>For tomorrow. Check the names.</p>{PAGE_HEADS[program]}{paragraphs}</body></html>"
    graph = read(mail(html, "html"))
    names = {source.id: source.name for source in graph.sources}
    hops = {(names.get(f.source), names.get(f.target, f.target)) for f in graph.flows}
    assert hops >= {
        ("Quay Press Agency", ARTICLE),
        ("Ruth Abel", "Quay Press Agency"),
        ("Oscar Dunne", "Quay Press Agency"),
    }
    assert ("Ruth Abel", ARTICLE) not in hops


def test_what_a_page_answers_to_is_its_writers() -> None:
    html = (
        "<p>The fire chief, Amadou Keita, said that it was the cable. He had looked at it twice.</p><div>On 4 "
        "March 2024, Paul Quist &lt;p@quay.example&gt; wrote:</div><blockquote><p>The owner, Greta Lund, told "
        "me that the alarm was off. She said the insurer knew of it.</p></blockquote>"
    )
    graph = read(mail(html, "html"))
    names = {source.id: source.name for source in graph.sources}
    hops = {(names.get(f.source), names.get(f.target, f.target)) for f in graph.flows}
    assert hops == {
        ("Amadou Keita", ARTICLE),
        ("Paul Quist", ARTICLE),
        ("Greta Lund", "Paul Quist"),
    }
