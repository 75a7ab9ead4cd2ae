"""The Log screen over fakes: derivations, wiring, and views with real clicks and keys."""
