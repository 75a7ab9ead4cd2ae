"""A local HubSpot on loopback: its paths, OAuth pages, a CRM with a world in it, and scripted trouble."""
