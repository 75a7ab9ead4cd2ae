"""What stays on this machine: database, cache, drafts, settings, secrets."""
