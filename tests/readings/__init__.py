"""What people and language models read."""
