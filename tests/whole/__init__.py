"""What holds across all rooms: hostile input, bounds, the same bytes everywhere."""
