"""Write a source graph for other tools: tables, JSON for scripts, a report in Markdown.

In: a `SourceGraph`. Out: text or bytes; `records` reads its JSON back.
Never: decide anything about sources, or make RDF or HTML.
"""
