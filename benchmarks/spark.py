"""The same articles into a store by two processes, and over a standalone Spark cluster.

    python benchmarks/spark.py [FOLDER] [COUNT]

A master and two workers of one core each run as processes of this machine; COUNT (100) articles of
FOLDER (../shared/polnear/train/text if it is there, else our own) are built by both engines, and
what comes out is compared, line by line. With 100 it takes about four minutes on two quiet cores.
The result goes to benchmarks/results/spark.md.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark

from provenance.stores.embedded import load_files, open_collection

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT.parent / "shared" / "polnear" / "train" / "text"
OWN = ROOT / "tests" / "data" / "golden"
CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
PORT, UI = 17077, 17078
FEW = 10
ENV = os.environ | {
    "OMP_NUM_THREADS": "1",
    "PYSPARK_PYTHON": sys.executable,
    "SPARK_LOCAL_IP": "127.0.0.1",
}


@contextmanager
def cluster(scratch: Path) -> Iterator[str]:
    """Run a master and two workers, and yield the master's address."""
    address = f"spark://127.0.0.1:{PORT}"
    master = ["--host", "127.0.0.1", "--port", str(PORT), "--webui-port", str(UI)]
    commands = [["org.apache.spark.deploy.master.Master", *master]]
    for number in (1, 2):
        place = ["--host", "127.0.0.1", "--webui-port", str(UI + number)]
        place += ["--cores", "1", "--memory", "2g", "--work-dir", str(scratch / f"work-{number}")]
        commands.append(["org.apache.spark.deploy.worker.Worker", *place, address])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen([CLASS, *c], env=ENV, **quiet) for c in commands]  # type: ignore[call-overload]
    try:
        until = time.monotonic() + 300
        while workers() < 2:
            if time.monotonic() > until:
                raise SystemExit("the cluster did not come up")
            time.sleep(1)
        yield address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def workers() -> int:
    """Return how many workers the master knows."""
    import json

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{UI}/json/", timeout=10) as answer:
            return int(json.load(answer)["aliveworkers"])
    except OSError:
        return 0


def run(files: list[Path], scratch: Path, *how: str) -> float:
    """Return the seconds that `prov build` of *files* takes."""
    listed = scratch / f"{len(files)}.list"
    listed.write_text("\n".join(map(str, files)), encoding="utf-8")
    began = time.perf_counter()
    command = [sys.executable, "-m", "provenance", "build", f"@{listed}", "--keep-going", *how]
    subprocess.run(command, env=ENV, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def content(store: Path) -> list[bytes]:
    """Return all that is in *store*."""
    with open_collection(store) as collection:
        return list(collection.dump())


def main() -> None:
    """Measure, and write the result."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES if ARTICLES.is_dir() else OWN
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    files = sorted(folder.absolute().glob("*.txt"))[:count]
    taken: dict[str, list[float]] = {"two processes": [], "Spark": []}
    with tempfile.TemporaryDirectory() as name, cluster(Path(name)) as master:
        scratch = Path(name)
        for some in (files[:FEW], files):
            store, out = scratch / f"store-{len(some)}", scratch / f"out-{len(some)}"
            here = ("--store", str(store), "--workers", "2")
            taken["two processes"].append(run(some, scratch, *here))
            how = ("--engine", "spark", "--master", master, "--partitions", "16", "-o", str(out))
            taken["Spark"].append(run(some, scratch, *how))
        again = run(files, scratch, *how)
        load_files(scratch / "loaded", sorted(out.glob("*/part-*.nq")))
        wanted, found = content(store), content(scratch / "loaded")
    lines = [
        "# On a cluster",
        "",
        f"`python benchmarks/spark.py`: {len(files)} articles; a standalone master and two workers "
        f"of one core each, on {os.cpu_count()} cores, which the driver shares with them.",
        "",
        f"* {len(found):,} quads: a store that is loaded from them is "
        f"{'the same' if found == wanted else 'NOT the same'}, byte for byte in sorted N-Quads, as "
        "that of two processes",
        "",
        f"| engine | {FEW} articles, s | {len(files)} articles, s | each more, s | to begin, s |",
        "| --- | --- | --- | --- | --- |",
    ]
    for engine, (few, many) in taken.items():
        each = (many - few) / (len(files) - FEW)
        lines.append(f"| {engine} | {few:.1f} | {many:.1f} | {each:.3f} | {few - FEW * each:.1f} |")
    lines += ["", f"* the same run once more, with nothing to do: {again:.1f} s"]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks" / "results" / "spark.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
