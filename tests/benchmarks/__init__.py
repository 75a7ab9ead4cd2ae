"""The figures of the performance goals, each beside its reference in one run; nothing is asserted."""
