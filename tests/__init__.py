"""The tests, a folder for each package of `provenance`, and beside those:

* `helpers`: what several tests share.
* `data`: articles, annotated ones too, and what is right of them.
* `training`: what networks learn from.
* `whole`: what holds across all packages.
* `house`: layers, documentation, what is shipped.
"""
