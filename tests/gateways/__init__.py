"""Wire to domain, on scripted answers and on the sandbox over real HTTP."""
