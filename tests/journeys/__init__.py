"""The whole app from its root against the sandbox: real HTTP, real widgets, real events; one file per story."""
