"""What is missing and how to install it, for the way in which prov was installed."""

import sys
from importlib import metadata
from pathlib import Path

from provenance.common.files import is_file
from provenance.errors import MissingExtraError

_NAME = "source-provenance"


def missing(extra: str, what: str) -> MissingExtraError:
    """Return the error that says that *what* needs *extra*, and the command that installs it."""
    return MissingExtraError(f"{what}: {install_command(extra)}")


def install_command(extra: str) -> str:
    """Return the command that adds *extra* to where prov is installed."""
    wanted = f"'{_NAME}[{extra}]'"
    here = Path(sys.prefix)
    if is_file(here / "pipx_metadata.json"):
        return f"pipx install --force {wanted}"
    if is_file(here / "uv-receipt.toml"):
        return f"uv tool install --force {wanted}"
    if _installer() == "uv":
        return f"uv pip install {wanted}"
    return f"pip install {wanted}"


def _installer() -> str:
    try:
        return (metadata.distribution(_NAME).read_text("INSTALLER") or "").strip()
    except metadata.PackageNotFoundError:  # a checkout that was not installed
        return ""
