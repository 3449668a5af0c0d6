"""A desk to work at: a web application on this machine, over a store of many articles."""
