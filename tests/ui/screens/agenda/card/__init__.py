"""The card beside the list."""
