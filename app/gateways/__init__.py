"""Wire to domain: fulfil the ports, turn every ApiError into a Problem."""
