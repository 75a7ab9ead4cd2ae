"""The world the sandbox serves, made from one seed: portal, people, calendars, meeting links and records."""

from app.sandbox.world.world import World, build_world

__all__ = ["World", "build_world"]
