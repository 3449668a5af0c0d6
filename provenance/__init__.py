"""Where does this news come from? Source-provenance graphs from news articles."""
