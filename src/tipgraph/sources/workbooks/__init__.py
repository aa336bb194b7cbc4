"""A source as a workbook of a spreadsheet: written, filled in by a person, and read back."""
