"""What the files say: frozen records without input or output."""
