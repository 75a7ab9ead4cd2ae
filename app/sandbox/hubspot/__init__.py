"""HubSpot over HTTP: one package or module per resource, each answering legacy and dated paths alike."""
