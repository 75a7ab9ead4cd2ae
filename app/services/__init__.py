"""Use cases and shared state on asyncio, free of Qt, knowing only ports."""
