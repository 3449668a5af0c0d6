"""Train the reader of source graphs on annotated articles; see docs/reader.md."""
