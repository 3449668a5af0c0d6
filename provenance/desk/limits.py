"""What one request, and one article, may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the desk; whoever serves it may set others.

    Attributes:
        body: Bytes of a request.
        files: Files in a request, and in a ZIP.
        unpacked: Bytes that a ZIP may unpack to.
        silence: Seconds that a request may say nothing before it is whole.
        sending: Seconds that it may take to be whole.
        building: Seconds that an article may take.
        query: Seconds that a query may take.
        memory: Bytes that its answer may take.
        queries: Queries that are answered at once; others wait.
        text: Code points of a query, and of a correction.
    """

    body: int = 200_000_000
    files: int = 2_000
    unpacked: int = 1_000_000_000
    silence: float = 30.0
    sending: float = 600.0
    building: float = 300.0
    query: float = 30.0
    memory: int = 1_000_000_000
    queries: int = 4
    text: int = 100_000
