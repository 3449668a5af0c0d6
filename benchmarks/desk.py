"""Twenty clients at one desk: ``python benchmarks/desk.py [SECONDS]``, into results/desk.md.

Each builds, corrects, reads, searches and asks in turn, against the real server on loopback. Told
are what failed (nothing may), which corrections that were answered are in no log (none may), how
long each took, and how the memory of the server grew over a thousand requests after that.
"""

import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provenance.corrections import read_log  # noqa: E402
from tests.helpers.desk_server import Served, serve, story  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "desk.md"
CLIENTS, SHARED = 20, 5
QUESTION = "SELECT ?s (COUNT(*) AS ?n) WHERE { ?s a sp:Article ; ?p ?o } GROUP BY ?s"


class Tally:
    """What came of requests, by kind."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)
        self.failed: list[str] = []
        self.answered: set[str] = set()
        self._alone = threading.Lock()

    def count(self, kind: str, seconds: float, status: int, said: str) -> None:
        """Count one."""
        with self._alone:
            self.took[kind].append(seconds)
            if status >= 400:
                self.failed.append(f"{kind}: {status} {said[:200]}")


def work(desk: Served, articles: list[str], number: int, until: float, tally: Tally) -> None:
    """Do what one client does until the time is over."""
    chance = random.Random(number)
    session = requests.Session()
    turn = 0
    while time.monotonic() < until:
        turn += 1
        article = chance.choice(articles)
        why = f"{number}-{turn}"
        graded = {"action": "grade", "source": {"name": "Jonas Pell"}, "grade": "B", "why": why}
        kind, method, path, how = chance.choice(
            [
                ("correct", "POST", f"/articles/{article}/corrections", {"json": graded}),
                ("page", "GET", f"/articles/{article}", {"headers": {"Accept": "text/html"}}),
                ("data", "GET", f"/articles/{article}/data", {}),
                ("query", "POST", "/sparql", {"data": {"query": QUESTION}}),
                ("search", "GET", "/search", {"params": {"words": "drawer weeks"}}),
                ("list", "GET", "/", {}),
            ]
            + [("bring", "POST", "/articles", {"data": {"text": story(1000 * number + turn)}})]
            * (turn % 20 == 0)
        )
        began = time.monotonic()
        try:
            answer = session.request(method, desk.address + path, timeout=120, **how)  # type: ignore[arg-type]
            tally.count(kind, time.monotonic() - began, answer.status_code, answer.text)
            if kind == "correct" and answer.status_code == 200:
                tally.answered.add(why)
        except requests.RequestException as error:
            tally.count(kind, time.monotonic() - began, 599, str(error))


def alone(desk: Served) -> list[float]:
    """Return how long each of twenty corrections of an article of 841 words takes, sorted."""
    example = ROOT / "examples" / "pentagon-leak.txt"
    (article,) = desk.bring((example.name, example.read_bytes()))["articles"]
    took = []
    for number in range(20):
        name = desk.raw(article)["sources"][number]["name"]
        began = time.monotonic()
        answer = desk.correct(article, action="grade", source={"name": name}, grade="B")
        took.append(time.monotonic() - began)
        assert answer.status_code in (200, 409), answer.text
    return sorted(took)


def memory(desk: Served) -> float:
    """Return the memory of the server in MB."""
    status = Path(f"/proc/{desk.process.pid}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


def main() -> None:
    """Measure, and write the page of results."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    with tempfile.TemporaryDirectory() as folder:
        desk = serve(Path(folder) / "store")
        try:
            measure(desk, seconds)
        finally:
            desk.kill()


def measure(desk: Served, seconds: float) -> None:
    """Let the clients work for so many *seconds*, and write what came of it."""
    articles = desk.bring(*((f"{n}.txt", story(n)) for n in range(SHARED)))["articles"]
    tally, load = Tally(), os.getloadavg()[0]
    single = alone(desk)
    until = time.monotonic() + seconds
    clients = [
        threading.Thread(target=work, args=(desk, articles, number, until, tally))
        for number in range(CLIENTS)
    ]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    for job in desk.get("/jobs").json():
        desk.ended(job["id"])
    logged = {
        line.why
        for log in desk.store.glob("articles/*/*.corrections.jsonl")
        for line in read_log(log)
        if line.why
    }
    held = {one["why"] for article in articles for one in desk.raw(article)["corrections"]}
    before = memory(desk)
    growth = []
    for number in range(1000):
        desk.get(f"/articles/{articles[number % SHARED]}/data")
        if number % 250 == 249:
            growth.append(memory(desk))
    took = {kind: sorted(own) for kind, own in sorted(tally.took.items())}
    total = sum(map(len, took.values()))
    lines = ["# Twenty clients at one desk", "", f"`python benchmarks/desk.py {seconds:g}`", ""]
    lines += [
        "| what | how many | median s | 95th s | slowest s |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind, own in took.items():
        middle, most = statistics.median(own), own[int(0.95 * (len(own) - 1))]
        lines.append(f"| {kind} | {len(own)} | {middle:.2f} | {most:.2f} | {own[-1]:.2f} |")
    lost = len(tally.answered - logged), len(logged - held)
    told = ", ".join(f"{one:.0f}" for one in growth)
    lines += [
        "",
        f"* {total} requests in {seconds:g} s, {len(tally.failed)} failed",
        f"* a correction of 841 words, nobody else there: median {statistics.median(single):.2f} s,"
        f" slowest {single[-1]:.2f} s, with the page anew",
        f"* {len(tally.answered)} corrections answered, {lost[0]} in no log, {lost[1]} in no graph",
        f"* memory of the server: {before:.0f} MB; over 1,000 requests after that {told}",
        f"* {os.cpu_count()} cores; the load of others when it began: {load:.1f}",
        *(f"* failed: {one}" for one in tally.failed[:10]),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
