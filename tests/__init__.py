"""Everything that proves Slotdesk works, one folder per layer of app/."""
