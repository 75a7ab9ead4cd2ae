"""What the tree promises, checked on the source alone; each failure names its fix."""
