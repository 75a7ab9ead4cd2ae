"""Slotdesk: a desktop app that books HubSpot meetings while the rep is on the call."""

__version__ = "0.1.0"
