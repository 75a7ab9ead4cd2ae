"""The tour, played whole."""
