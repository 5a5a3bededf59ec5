"""A new season: proposed answers, who has what by when, how far it is."""
