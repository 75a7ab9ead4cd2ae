"""The accounts page: who is signed in where, what was granted, sign out and reconnect."""
