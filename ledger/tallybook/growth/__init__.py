"""What grows with what a member does: progress in tasks, teams, standing. Knows no rules of earning."""
