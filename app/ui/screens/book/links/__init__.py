"""The left pane of the Book screen: finding the meeting link."""
