"""The HubSpot app's client id and secret: asked for at sign-in, changed in the settings."""
