"""The static edition: the whole dashboard as plain HTML with pictures and tables, for anywhere a file can be read.

contents  which figures stand on which page, and in which part
links     addresses of the dashboard as paths between files
pages     each page made and written; templates/site_*.html in dashboard/markup hold the markup
"""
