"""The list of the Agenda."""
