"""The links pane: its rows, its model, and how it is wired."""
