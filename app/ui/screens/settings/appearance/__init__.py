"""The appearance page: colours and motion."""
