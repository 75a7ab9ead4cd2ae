"""The centre of the Book screen: free times as week, month, columns or list."""
