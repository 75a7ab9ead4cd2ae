"""Starting and stopping in bad surroundings, as the rep sees it in the window."""
