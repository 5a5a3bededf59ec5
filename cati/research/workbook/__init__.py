"""One workbook per company: written, filled by people, read and merged back."""
