"""Parquet to a table of text."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.pipeline.returns.contract import Column, FileRejected
from dashboard.pipeline.returns.table import EXPANDED_BYTES, ROW, ROWS, Table, arrange, match_header

UNREADABLE = "save the table again as Parquet, or send it as CSV UTF-8"


def read_parquet(path: Path, columns: tuple[Column, ...], size: int) -> Table:
    """Read a Parquet file; rows are numbered as if a header were row 1. Raises FileRejected."""
    try:
        file = pq.ParquetFile(path)
        _check_size(file.metadata)
        header = file.schema_arrow.names
        wanted = list(match_header(header, columns))
        _check_types(file.schema_arrow, wanted)
        table = file.read(columns=wanted)
        table.validate(full=True)   # text that is not UTF-8 would otherwise pass unseen
        frame = pl.from_arrow(table)
    except (pa.ArrowException, OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise FileRejected("the file is not a table in Parquet, or it is damaged", UNREADABLE) from error
    frame = frame.select([_as_text(frame[name]) for name in wanted])
    return arrange(frame.with_row_index(ROW, offset=2), header, columns)


def _check_size(metadata: pq.FileMetaData) -> None:
    expanded = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if metadata.num_rows > ROWS:
        raise FileRejected(f"the archive expands to {metadata.num_rows:,} rows, more than {ROWS:,}",
                           "check what was exported")
    if expanded > EXPANDED_BYTES:
        raise FileRejected(f"the archive expands beyond reason, to {expanded / (1 << 30):.1f} GiB",
                           "check what was exported")


def _check_types(schema: pa.Schema, wanted: list[str]) -> None:
    for name in wanted:
        kind = schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) or _is_list(kind) else kind
        if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            raise FileRejected(f"the column '{name}' holds {kind}, not text, dates or numbers",
                               "save the column as text", row=1, column=name)


def _is_list(kind: pa.DataType) -> bool:
    return pa.types.is_list(kind) or pa.types.is_large_list(kind)


def _as_text(values: pl.Series) -> pl.Series:
    """One column as the text a person would have typed; empty is null.

    A number without a fraction loses its '.0', a moment at midnight is its date, a list is joined by ';'.
    """
    if values.dtype == pl.Null:
        return values.cast(pl.String)
    if isinstance(values.dtype, pl.List):
        values = values.list.eval(pl.element().cast(pl.String)).list.join(";")
    elif isinstance(values.dtype, pl.Datetime):
        values = values.dt.to_string("%Y-%m-%d %H:%M:%S%.f").str.strip_suffix(" 00:00:00")
    elif isinstance(values.dtype, pl.Date):
        values = values.dt.to_string("%Y-%m-%d")
    elif values.dtype.is_float() or isinstance(values.dtype, pl.Decimal):
        values = _number_as_text(values)
    values = values.cast(pl.String)
    return values.to_frame().select(pl.when(pl.first() != "").then(pl.first())).to_series()


def _number_as_text(values: pl.Series) -> pl.Series:
    whole = values.cast(pl.Float64)
    is_whole = (whole == whole.floor()) & (whole.abs() < 1e15)
    return pl.DataFrame({"value": values, "whole": whole}).select(
        pl.when(is_whole).then(pl.col("whole").cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.col("value").cast(pl.String)).alias(values.name)).to_series()
