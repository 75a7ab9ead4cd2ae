"""The whole app from its root against the sandbox: real HTTP, real widgets, real events; a file per story."""
