"""How meetings look everywhere: the words and the painting of a row, and what a new one begins with."""
