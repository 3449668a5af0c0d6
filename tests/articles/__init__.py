"""How files of every form become articles."""
