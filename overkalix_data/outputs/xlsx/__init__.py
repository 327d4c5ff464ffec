"""Excel: in come sheets described as data, out comes a workbook with the same bytes every time."""
