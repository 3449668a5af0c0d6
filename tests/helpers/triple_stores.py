"""Triple stores as tests run them: real ones, on a free port, with a folder of their own."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

OXIGRAPH = shutil.which("oxigraph", path=Path(sys.executable).parent)
VIRTUOSO = shutil.which("virtuoso-t")
VIRTUOSO_USER = VIRTUOSO_PASSWORD = "dba"  # of every new database
_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
NumberOfBuffers = 10000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 100000
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def oxigraph(port: int, folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run Oxigraph's server on *port*, in memory or in *folder*."""
    assert OXIGRAPH is not None
    command = [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"]
    command += ["--location", str(folder)] if folder else []
    with _running(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D") as process:
        yield process


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Run Virtuoso in *folder* and yield its address."""
    assert VIRTUOSO is not None
    http = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, port=free_port(), http=http), encoding="utf-8")
    address = f"http://127.0.0.1:{http}"
    command = [VIRTUOSO, "+foreground", "+configfile", str(ini)]
    with _running(command, f"{address}/sparql?query=ASK%7B%7D"):
        yield address


@contextmanager
def _running(command: list[str], sign: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            _wait(sign)
            yield process
        finally:
            process.kill()


def _wait(sign: str) -> None:
    for _ in range(600):
        try:
            with urlopen(sign):
                return
        except HTTPError:
            raise
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(sign)
