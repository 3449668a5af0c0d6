"""Train the tagger on PolNeAR, on a CPU: ``python -m training.tagger --help``.

Needs the extra ``train``. Nothing here is installed.
"""
