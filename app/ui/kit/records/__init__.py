"""The records a meeting stands on: the card that lists them, and the search that adds to it."""
