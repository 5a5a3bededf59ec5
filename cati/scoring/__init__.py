"""Models to scorecards: exact points, totals, rates and ranks, and why they are what they are."""
