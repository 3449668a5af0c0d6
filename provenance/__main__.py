"""``python -m provenance`` is ``prov``."""

from provenance.cli import main

main()
