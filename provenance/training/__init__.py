"""How the judge of pronouns is trained: texts with answers, the network, and its weights.

Needs the extra ``train``. The tagger itself is trained by `provenance.tagger.training`; the texts
made here need parses and clusters too, which it may not import.
"""
