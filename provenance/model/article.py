"""An article as it was read: spans of its text, and what its form says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, order=True)
class Excerpt:
    """A span with its words and what stands around them (Web Annotation's text quote)."""

    span: Span
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink in an article's body."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Words of somebody whom the form of a page names, and no sentence.

    Attributes:
        content: The words: a signed quotation, a turn of a transcript, a letter, a post.
        cue: What shows whose they are: a dash, a colon, the question before an answer.
        speaker: Where the form names them; None for the one who is interviewed.
        is_asking: Whether they are a question of the interviewer, and nobody's statement.
        post: What calls a post one ("post on Twitter").
        channel: Where it was put.
        date: The day of a post, as ISO 8601, or "".
    """

    content: Spans
    cue: Span
    speaker: Span | None = None
    is_asking: bool = False
    post: Span | None = None
    channel: Span | None = None
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One of the entries of a live blog.

    Attributes:
        span: From its first paragraph to its last.
        headline: Where its own title stands, if it has one.
        authors, published: Who wrote it and when, in ISO 8601, empty where the page does not say; a
            clock alone where no day is known.
    """

    span: Span
    headline: Span | None = None
    authors: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """How a page came into a web archive, each "" where the archive does not say it.

    Attributes:
        date: When it was fetched, in ISO 8601 (WARC-Date).
        record: The name of its record there (WARC-Record-ID).
        digest: That of what was sent, with its algorithm, as the archive has it.
        archive: The file's name.
        software, operator: What fetched it, and who had it fetched.
    """

    date: str = ""
    record: str = ""
    digest: str = ""
    archive: str = ""
    software: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text that was read, a version of a news item.

    Attributes:
        name: The file's name, for people; "stdin" where there is none.
        text: The whole text. For a UTF-8 file with Unix line ends the file's own, unchanged.
        digest: SHA-256 of the bytes that were read, in hex; with it the article is named.
        text_digest: SHA-256 of *text* in UTF-8, in hex.
        headline: Where the title stands in *text*, if it does.
        paragraphs: The body in reading order; site furniture is left out. Only the headline and
            these may yield attributions.
        title, publisher, authors, published, url, language: What the file says, empty where it
            does not; *published* as ISO 8601 (a day, or a time with its zone).
        dated_by: What says when it was published, where the text does not: "file name", or
            "option" where whoever built the graph gave it.
        links: Hyperlinks in the body.
        entries: Of a live blog, in the order of the page.
        capture: How it came into the web archive that it was read from, None if from none.
        part_of: Of what came attached to a mail, the digest of the mail's article.
        excerpts: Quotes by span, sorted, kept where the text itself was withheld ("" in *text*).
        lacks: What of it is not here, for people; not kept in graphs.
        voices: Whom its form says to speak where; for extraction, and not kept in graphs.
    """

    name: str
    text: str
    digest: str
    text_digest: str
    headline: Span | None = None
    paragraphs: Spans = ()
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    language: str = ""
    dated_by: str = ""
    links: tuple[Link, ...] = ()
    entries: tuple[Entry, ...] = ()
    capture: Capture | None = None
    part_of: str = ""
    lacks: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    voices: tuple[Voice, ...] = ()

    def published_at(self, span: Span) -> str:
        """Return when what stands at *span* was published: its entry's time, if it is in one."""
        dated = (one for one in self.entries if one.published and one.published[2:3] != ":")
        own = (one.published for one in dated if span in one.span)
        return next(own, self.published)

    def excerpt(self, span: Span) -> Excerpt:
        """Return the words at *span* with 32 code points either side.

        Raises:
            KeyError: The text was withheld and nothing was kept for *span*.
        """
        if self.text:
            before, after = max(0, span.start - 32), span.end + 32
            return Excerpt(
                span,
                self.text[span.start : span.end],
                self.text[before : span.start],
                self.text[span.end : after],
            )
        for kept in self.excerpts:
            if kept.span == span:
                return kept
        raise KeyError(span)

    def quote(self, span: Span) -> str:
        """Return the words at *span*."""
        return self.excerpt(span).exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article that has not been read yet.

    Attributes:
        location: Where it is, for people and to notice that it was replaced: a path, an address,
            or those with a place inside ("dump.jsonl#12").
        name: What to call it; its suffix decides how it is read.
        data: Its bytes.
        fields: What is known of it besides, by name of `Article`'s attribute, and how it was
            captured and sent.
    """

    location: str
    name: str
    data: bytes
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An article that could not be used, and why, in one line."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What of an archive was passed over as no article: how many records for each reason."""

    location: str
    counts: tuple[tuple[str, int], ...]

    @property
    def reason(self) -> str:
        """All of them in one line, the most frequent first."""
        ranked = sorted(self.counts, key=lambda one: (-one[1], one[0]))
        total = sum(count for _, count in ranked)
        parts = [f"{why}: {count:,}" for why, count in ranked[:12]]
        if rest := sum(count for _, count in ranked[12:]):
            parts.append(f"others: {rest:,}")
        records = "1 record" if total == 1 else f"{total:,} records"
        return f"{self.location}: {records} passed over ({', '.join(parts)})"
