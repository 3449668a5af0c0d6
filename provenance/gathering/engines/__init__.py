"""Do the same work on many things: here, in several processes, or on a cluster.

In: a function and the things to work on. Out: what it makes of each, in any order.
Never: know of articles or graphs.
"""
