"""HubSpot's scheduler: meeting links, what they offer, booking, calendar events (reference, section 5)."""

from app.sandbox.hubspot.scheduler.routes import scheduler_routes

__all__ = ["scheduler_routes"]
