"""HubSpot's answers as domain values."""
