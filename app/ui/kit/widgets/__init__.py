"""The controls every screen is built from, painted in the tokens of the theme."""
