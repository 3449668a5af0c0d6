"""Where things lie: the checkout, the data of the tests, and what may lie beside the checkout."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = ROOT / "tests" / "data"
SHARED: Final = ROOT.parent / "shared"
