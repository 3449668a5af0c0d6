"""What several tests share.

* `article_page`: the page in a browser: what is seen, what is clicked.
* `broken_readings`: readings broken in every way.
* `desk_server`: the desk, served in a process of its own.
* `edited_articles`: articles as an editor changes them.
* `every_reader`: every reader of the project by name.
* `expected_answers`: what our own queries answer on the examples.
* `factories`: records made by hand.
* `generated_stories`: stories whose true origins are known.
* `gold_graphs`: the examples as graphs without a fault.
* `graphs_by_rules`: graphs by rules alone, without the network.
* `large_graphs`: graphs of very many sources.
* `model_servers`: language models behind an API.
* `mutants`: bytes of every format, and ways to break them.
* `places`: where things lie: the checkout, data, what is beside it.
* `prov_constraints`: a checker of PROV's constraints.
* `regular_expressions`: the regular expressions of the package.
* `strategies`: Hypothesis strategies for every record.
* `triple_stores`: triple stores on a free port.
* `watched_page`: a browser that is cut off from any network.
* `web_archives`: web archives made by hand.
"""
