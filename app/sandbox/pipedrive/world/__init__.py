"""The Pipedrive companies of the sandbox and everything in them."""
