"""The tests, and beside them what several share.

* `broken_readings`: readings broken in every way.
* `desks`: the desk, served in a process of its own.
* `edited_articles`: articles as an editor changes them.
* `expected_answers`: what our own queries answer on the examples.
* `expressions`: the regular expressions of the package.
* `factories`: records made by hand.
* `gold_graphs`: the examples as graphs without a fault.
* `large_graphs`: graphs of very many sources.
* `model_servers`: language models behind an API.
* `mutants`: bytes of every format, and ways to break them.
* `opened`: the page in a browser: what is seen, what is clicked.
* `prov_constraints`: a checker of PROV's constraints.
* `readers`: every reader of the project by name.
* `rules`: graphs by rules alone, without the network.
* `screens`: a browser that is cut off from any network.
* `servers`: triple stores on a free port.
* `stories`: stories whose true origins are known.
* `strategies`: Hypothesis strategies for every record.
* `webarchives`: web archives made by hand.
"""
