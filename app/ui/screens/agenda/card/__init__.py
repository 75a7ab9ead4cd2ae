"""The card beside the list: one meeting, its records, and what lies around it."""
