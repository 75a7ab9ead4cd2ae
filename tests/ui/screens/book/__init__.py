"""The Book screen over real services and fakes: derivations, wiring, and views with real clicks and keys."""
