"""The app credentials page: client id and secret, addresses to register, API version."""
