"""A desk to work at: a web application on this machine, over a store of many articles.

In: a store, and what browsers and programs on this machine ask. Out: pages of HTML, graphs, answers
to queries; articles and corrections in the store.
Never: answer pages of other sites; write outside of the store, but to an article's log beside it;
fetch anything but an address that was given.
"""
