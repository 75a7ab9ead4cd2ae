"""Meetings of the active account: read from this computer, kept up to date, changed through the outbox."""
