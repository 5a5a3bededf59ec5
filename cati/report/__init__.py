"""Scorecard to pages, workbook, figures, data files and text."""
