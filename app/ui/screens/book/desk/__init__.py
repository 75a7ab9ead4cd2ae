"""The right pane of the Book screen: who the meeting is for, the link's questions, and what came of it."""
