"""The Pipedrive video-call provider service: a small process of its own with storage and composition."""
