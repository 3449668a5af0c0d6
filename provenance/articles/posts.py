"""Posts of social media as pages hold them: embedded by the platform's code, or saved."""

import re
from typing import TYPE_CHECKING

from provenance.articles.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLASSES = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|bluesky-embed|mastodon-embed|fb-(?:post|xfbml)|"
    r"text-post-media|tiktok-embed|reddit-(?:embed|card)|telegram-post|truthsocial-embed|"
    r"(?:^|[\s_-])(?:tweet|toot)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PLATFORMS = (
    (re.compile(r"(?://|\.)x\.com/", re.IGNORECASE), "X"),
    (re.compile(r"twitter|tweet", re.IGNORECASE), "Twitter"),
    (re.compile(r"bsky|bluesky", re.IGNORECASE), "Bluesky"),
    (re.compile(r"threads\.|text-post-media", re.IGNORECASE), "Threads"),
    (re.compile(r"instagram", re.IGNORECASE), "Instagram"),
    (re.compile(r"facebook|fb-|fb\.", re.IGNORECASE), "Facebook"),
    (re.compile(r"tiktok", re.IGNORECASE), "TikTok"),
    (re.compile(r"reddit", re.IGNORECASE), "Reddit"),
    (re.compile(r"truthsocial", re.IGNORECASE), "Truth Social"),
    (re.compile(r"telegram|//t\.me/", re.IGNORECASE), "Telegram"),
    (re.compile(r"linkedin", re.IGNORECASE), "LinkedIn"),
    (re.compile(r"mastodon|toot|/@[\w.]{1,60}/\d{5,30}", re.IGNORECASE), "Mastodon"),
)
_ADDRESS = re.compile(
    r"https?://(?:[\w-]{1,40}\.){0,3}(?:(?:twitter|x)\.com/\w{1,40}/status|bsky\.app/profile|"
    r"threads\.(?:net|com)/@|instagram\.com/(?:p|reel)|facebook\.com/[\w.-]{1,80}/posts|"
    r"tiktok\.com/@|truthsocial\.com/@|t\.me/\w{1,60}/\d|linkedin\.com/(?:posts|feed)|"
    r"[\w.-]{1,60}/@[\w.]{1,60}/\d{5})",
    re.IGNORECASE,
)
_HANDLE = r"@?[\w.-]{1,60}(?:@[\w.-]{1,60})?"
_SIGNED = (
    re.compile(rf"[—–-]\s?(?P<name>[^()—–\n]{{2,70}}?)\s?\(\s?(?P<handle>@{_HANDLE})\s?\)"),
    re.compile(
        rf"(?:A|Une) (?:post|video|reel|photo) shared by (?P<name>[^()\n]{{2,70}}?)"
        rf"\s?\(\s?(?P<handle>@{_HANDLE})\s?\)"
    ),
    re.compile(
        r"Post(?:ed)? by (?P<name>[^()@\n]{2,70}?)"
        rf"(?:\s?\(\s?(?P<handle>@{_HANDLE})\s?\)|\son\s|\s*\n|\s*$)"
    ),
    re.compile(rf"Post(?:ed)? by (?P<handle>(?:@|u/){_HANDLE})"),
)
_TOP = re.compile(rf"(?P<name>[^()@\n]{{2,70}}?)\s{{0,3}}\(?(?P<handle>@{_HANDLE})\)?")
_INVITES = re.compile(
    r"(?:view|see|read)(?: this| more| the)?(?: [\w’']+)?(?: post| tweet| on| replies).{0,40}|"
    r"♬.{0,80}|\[image or embed\]|"
    r"Post(?:ed)? by (?:@|u/)[\w.@-]{1,80}|"
    r"(?:retweet|like|reply|share|copy link).{0,30}|\d[\d.,]*[KM]? ?\w{0,12}",
    re.IGNORECASE,
)
_NAMING = re.compile(r"(?:full-?|display-?|user-?|author-?)?name|author|account", re.IGNORECASE)


def is_post(element: "HtmlElement") -> bool:
    """Whether *element*, and none within it, is an embedded post."""
    said = element.get("class") or ""
    if element.tag != "blockquote":
        inner = any(is_post(e) for e in element.iter("blockquote") if e is not element)
        return _CLASSES.search(said) is not None and not inner
    address = element.get("cite") or element.get("data-instgrm-permalink") or ""
    if _CLASSES.search(said) or _ADDRESS.match(address):
        return True
    last = list(element.iter("a"))[-1:]
    return any(
        _ADDRESS.match(a.get("href") or "") and find_date(a.text_content().strip()) for a in last
    )


def post_of(element: "HtmlElement") -> tuple[list[str], str] | None:
    """Return what an embedded post says, by paragraphs, and a line on who put it where and when."""
    lines = _lines(element)
    whole = "\n".join(lines)
    found = next((m for one in _SIGNED if (m := _last(one, whole))), None)
    name, handle, said = "", "", lines
    if found is not None:
        groups = found.groupdict()
        name, handle = groups.get("name") or "", groups.get("handle") or ""
        said = whole[: found.start()].split("\n")
    elif top := _author(element, lines):
        name, handle, said = top
    shown = [one for one in said if one.strip() and not _INVITES.fullmatch(one.strip())]
    if not (name or handle) or not shown:
        return None
    date = next((d for line in _dated(element, whole, found) if (d := line)), "")
    shown = [one for one in shown if one != date]
    place = f" on {_platform(element)}" if _platform(element) else ""
    who = name.strip() or handle
    return shown, f"— {who}, post{place} by {handle or who}{', ' + date if date else ''}"


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter([*pattern.finditer(text)][::-1]), None)


def _author(element: "HtmlElement", lines: list[str]) -> tuple[str, str, list[str]] | None:
    """Return name and handle of a post that names its author on top, and what it says."""
    for number, line in enumerate(lines[:4]):
        two = f"{line}\n{lines[number + 1]}" if number + 1 < len(lines) else line
        if match := _TOP.match(line):
            return match["name"].strip(" ·"), match["handle"], lines[number + 1 :]
        if match := re.fullmatch(rf"@{_HANDLE}.*", two.partition("\n")[2]):
            handle = match.group().split()[0]
            return line, handle, lines[number + 2 :]
        if re.fullmatch(rf"(?:@|u/){_HANDLE}", line):
            return "", line, lines[number + 1 :]
    named = [e for e in element.iter() if _NAMING.search(str(e.get("class") or ""))]
    name = " ".join(named[0].text_content().split()) if named else ""
    return (name, "", [one for one in lines if one != name]) if 0 < len(name) < 70 else None


def _dated(element: "HtmlElement", whole: str, found: re.Match[str] | None) -> "list[str]":
    links = [" ".join(e.text_content().split()) for e in element.iter("a", "time")]
    rest = whole[found.end() :].split("\n") if found is not None else []
    return [one for one in (*links[::-1], *(r.strip() for r in rest)) if find_date(one)]


def _platform(element: "HtmlElement") -> str:
    said = " ".join(
        [*map(str, element.values()), *(a.get("href") or "" for a in element.iter("a"))]
    )
    return next((name for sign, name in _PLATFORMS if sign.search(said)), "")


def _lines(element: "HtmlElement") -> list[str]:
    """Return the lines of a post: its blocks, and what stands between them."""
    parts: list[str] = [""]
    for event, text in _walk(element):
        if event:
            parts.append("")
        parts[-1] += text
    lines = [" ".join(part.split()) for part in parts]
    return [line for line in lines if line]


def _walk(element: "HtmlElement") -> "list[tuple[bool, str]]":
    from lxml.etree import iterwalk

    out: list[tuple[bool, str]] = []
    for event, one in iterwalk(element, events=("start", "end")):
        block = one.tag in ("p", "div", "section", "blockquote", "br", "time", "li", "svg")
        if event == "start":
            out.append((block, (one.text or "") if isinstance(one.tag, str) else ""))
        elif one is not element:
            out.append((block and one.tag != "br", one.tail or ""))
    return out
