"""Score graphs and attributions against gold ones.

In: folders of predictions and of gold. Out: precision, recall and F1 by kind.
Never: build what it scores.
"""
