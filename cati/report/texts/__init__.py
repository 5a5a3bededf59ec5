"""What commands print on a terminal, in English and Chinese."""
