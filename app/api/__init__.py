"""What the wire says: HubSpot over httpx, decoded with msgspec."""
