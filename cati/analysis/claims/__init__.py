"""Is a sentence about an evaluation true? A small, safe expression language answers."""
