"""The static site: one module for each kind of page, and what their numbers are read from."""
