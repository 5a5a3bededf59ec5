"""Two assessors who answer apart from each other, and what becomes of their answers."""
