"""Steering is for tests and programs: what a web page in a browser asks is refused."""

from app.sandbox.errors import HubSpotError


def refuse_web_pages(request_headers: list[tuple[bytes, bytes]]) -> None:
    """HubSpotError 403 for a request that a web page in a browser made."""
    names = dict(request_headers)
    if b"origin" in names or names.get(b"sec-fetch-site", b"none") != b"none":
        raise HubSpotError(403, "FORBIDDEN", "The sandbox cannot be steered from a web page.")
