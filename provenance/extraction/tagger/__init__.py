"""Tag sources, cues and contents by a small neural network, and link them.

In: words of paragraphs. Out: scored spans and links, and a vector for each word.
Never: import torch (see `training.tagger`). Sequence labelling as in CofeNet (Wang et al., COLING
2022), on PolNeAR (Newell, Margolin and Ruths, LREC 2018).
"""
