"""The Log screen: meetings to log and all others, their editor, and what waits in the outbox."""
