"""The calendar pane: what it derives from one snapshot, and how it is wired."""
