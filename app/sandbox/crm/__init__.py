"""The CRM behind the sandbox: records, their associations, their property definitions and search."""
