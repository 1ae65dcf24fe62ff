"""Tasks: progress in them, what members claim, and teams."""
