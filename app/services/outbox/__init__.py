"""The outbox: what the rep decided is kept at once, sent exactly once, and shown until HubSpot knows it."""
