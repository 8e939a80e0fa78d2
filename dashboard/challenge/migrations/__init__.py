"""The store's tables, a version each: `store.py` brings a database up to date when it opens it."""
