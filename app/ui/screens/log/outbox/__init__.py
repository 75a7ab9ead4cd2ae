"""The outbox as the rep sees it: what is on its way, what needs a decision, what has been done."""
