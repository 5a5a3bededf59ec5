"""The data files, their fields and their notices."""
