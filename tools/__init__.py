"""Programs for those who work on cati: none is part of the package."""
