"""The outbox: its table of states, its services on fakes, its bars."""
