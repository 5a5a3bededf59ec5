"""Documents, the evidence found in them, and quotes checked against them."""
