"""Give memory back to the machine that nothing needs any more."""

import ctypes
from contextlib import suppress

_MMAP_THRESHOLD, _LARGE = -3, 1 << 17
"""What glibc calls the size from which memory is taken piece by piece, and its own default."""


def give_back() -> None:
    """Give back what was let go of: glibc keeps it, for each thread its own.

    Oxigraph merges its files in threads, so half of what a writer held after 37,000 articles was
    free. Elsewhere than with glibc nothing is done.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def hold_little() -> None:
    """Let large pieces go back as soon as they are let go of: glibc keeps ever larger ones."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
