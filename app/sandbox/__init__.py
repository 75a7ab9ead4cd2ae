"""A local HubSpot on loopback: wire-true paths, OAuth pages, a CRM with a world in it, and scripted trouble."""
