"""Train the tagger on PolNeAR, on a CPU: ``python -m provenance.tagger.training --help``.

Needs the extra ``train``. Nothing here is imported at run time.
"""
