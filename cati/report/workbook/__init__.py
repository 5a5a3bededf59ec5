"""The published workbook, with live formulas from points to total."""
