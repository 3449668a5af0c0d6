"""A post that the text announces is by whom the text describes: "the company said on Twitter"."""

import pytest

from provenance.model import SourceType
from tests.articles.test_voices import LEAD, REST, page, told

POST = (
    '<blockquote class="{kind}"><p>{said}</p>&mdash; {name} (@{handle}) <a href="https://{site}/'
    '{handle}/status/11">November 2, 2023</a></blockquote>'
)
SAID = "We are sorry to say that there will be no winter sailings."


def post(name: str, kind: str = "twitter-tweet", site: str = "twitter.com") -> str:
    handle = name.split()[-1].lower()
    return POST.format(kind=kind, said=SAID, name=name, handle=handle, site=site)


@pytest.mark.parametrize(
    ("announced", "name", "type_"),
    [
        (
            "The pier stays shut, the company said on social media.",
            "Blackwater Ferries",
            "organization",
        ),
        (
            "The pier stays shut, the operator announced on Twitter.",
            "Blackwater Ferries",
            "organization",
        ),
        (
            "In a post on X the airport said that all flights are off.",
            "Marlow Airport",
            "organization",
        ),
        ("The minister wrote on Twitter that the pier stays shut.", "Nora Quill", "person"),
        ("The agency tweeted that the water was clean.", "Harbour Agency", "organization"),
    ],
)
def test_whoever_announces_a_post_wrote_it(announced: str, name: str, type_: str) -> None:
    graph = page(
        f"<p>{announced}</p><p>The news came early in the morning.</p>{post(name)}<p>{REST}</p>",
        title="Winter service ends",
    )
    by_name = {source.name: source for source in graph.sources}
    assert by_name[name].type is SourceType(type_)
    assert not {"company", "operator", "airport", "minister", "agency"} & {*by_name}
    assert len(told(graph)[name]) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "A company said on Twitter that the pier stays shut.",
        "The company said in a letter that the pier stays shut.",
        "The dock firm Haul Ltd owns the pier. The company said on Twitter that it stays shut.",
    ],
)
def test_another_company_is_not_who_posted(sentence: str) -> None:
    graph = page(f"<p>{LEAD} {sentence}</p>{post('Blackwater Ferries')}<p>{REST}</p>")
    assert told(graph)["Blackwater Ferries"] == {SAID}


@pytest.mark.parametrize(
    "extra",
    [
        '<br><br><a href="https://bsky.app/profile/x/post/3k">[image or embed]</a>',
        '</p><p><a href="https://bsky.app/profile/x">Post by @bwf@sea.example</a>',
        "</p><p>Post by @bwf.bsky.social",
    ],
)
def test_what_a_platform_adds_to_a_post_is_not_said_in_it(extra: str) -> None:
    body = (
        f'<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p>{SAID}{extra}</p>&mdash; '
        'Blackwater Ferries (<a href="https://bsky.app/profile/x">@bwf.bsky.social</a>) <a '
        'href="https://bsky.app/profile/x/post/3k">May 5, 2024 at 2:31 PM</a></blockquote>'
    )
    graph = page(f"<p>{LEAD}</p>{body}<p>{REST}</p>")
    assert told(graph)["Blackwater Ferries"] == {SAID}
