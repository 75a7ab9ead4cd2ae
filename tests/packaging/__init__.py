"""The commands of packaging/: what they decide, without installing anything."""
