"""One folder per screen; screens never import each other."""
