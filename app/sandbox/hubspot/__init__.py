"""HubSpot's API over one portal: CRM records, associations, owners, properties, files, account, scheduler."""
