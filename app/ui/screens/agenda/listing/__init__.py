"""The list of the Agenda: meetings by day, with the line of the present time."""
