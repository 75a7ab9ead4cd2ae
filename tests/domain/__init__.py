"""Rules of the domain as tables of cases and properties."""
