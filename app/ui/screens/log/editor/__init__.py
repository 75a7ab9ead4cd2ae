"""The right side of the Log screen: one meeting, as the rep writes it down."""
