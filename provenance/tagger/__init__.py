"""The tagger: a small neural network that finds sources, cues and contents, and links them.

Sequence labelling as in CofeNet (Wang et al., COLING 2022) over windows of paragraphs, on the
annotations of PolNeAR (Newell, Margolin and Ruths, LREC 2018). It is trained by `training.tagger`.
"""
