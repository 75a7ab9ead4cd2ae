"""CRM search: reading a search body, matching records, and finding them fast."""
