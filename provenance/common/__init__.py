"""What every room may use: files, word lists, stems, plug-ins, HTTP, the normal form of a text.

In: paths, words, addresses. Out: bytes, tables, names; an error is our own.
Never: know of an article, a source or a graph.
"""
