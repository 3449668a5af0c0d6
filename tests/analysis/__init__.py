"""What many articles say together."""
