"""HubSpot's resources, one module each."""
