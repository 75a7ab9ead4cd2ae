"""Signing in to the sandbox: the consent page, tokens, and everything that asks about tokens."""
