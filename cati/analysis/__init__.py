"""What a scorecard can be asked: uncertainty, sensitivity, what if, groups, claims."""
