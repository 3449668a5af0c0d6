"""How the judge of pronouns is trained: texts with answers, the network, and its weights.

Needs the extra ``train``: ``python -m training.pronouns --help``.
"""
