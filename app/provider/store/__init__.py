"""What the provider service keeps: links, meetings and counts, on SQLite or PostgreSQL."""
