"""Company review, and whether like evidence was graded alike."""
