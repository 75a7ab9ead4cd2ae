"""The Agenda screen, used with real keys and clicks over the real services."""
