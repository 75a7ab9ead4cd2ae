"""Tests of HubSpot's resources on the wire."""
