"""The left pane of the Log screen: meetings by day, search and filters."""
