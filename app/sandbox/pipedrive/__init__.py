"""Pipedrive's listener; its API and sign-in pages plug in here."""
