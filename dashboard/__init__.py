"""The outcomes dashboard, in reading order.

paths        where everything is
catalogue    what an indicator, source and area are
build/       the half that writes the extract: published figures, returns, disclosure gate, publish
methods/     statistics as pure functions
read/        the half that reads the extract: queries, selections, words
charts/      rows to figures
components/  figures, tables and filters on a Streamlit page
cli, app     the `outcomes` command and the dashboard's entry point
"""
