"""The change of many meetings at once, with a preview of what changes."""
