"""What stays on this machine, tested on real files."""
