"""What changed between two evaluations, split exactly into its causes."""
