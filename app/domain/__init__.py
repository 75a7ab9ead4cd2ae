"""What scheduling means: frozen values and pure functions, free of I/O, clocks and Qt."""
