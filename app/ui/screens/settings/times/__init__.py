"""The page on time and language: zones, clock style and the shape of the week."""
