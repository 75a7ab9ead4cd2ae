"""The provider service: its store on both databases, its answers, its process."""
