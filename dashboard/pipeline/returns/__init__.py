"""Participants' returns: read a folder, check every row, say what is wrong and how to mend it.

contract     columns and values of each file, from the reference tables
folder       `return.toml`, and which file is whose
table        the one shape of every file, read by text_table, parquet_table and workbook_table
cells, rules what a cell means, and the row-level rules
problems     what is wrong, in plain words
reading      all of it together
checking     the account in the terminal, and the reports of `report`
"""

from dashboard.pipeline.returns.checking import check
from dashboard.pipeline.returns.contract import ReturnsError
from dashboard.pipeline.returns.reading import Returns, read

__all__ = ["Returns", "ReturnsError", "check", "read"]
