"""How meetings look everywhere: the words and the painting of a row, and of its outcome."""
