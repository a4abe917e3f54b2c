"""In the place of pandas for every process that a test starts (see tests/conftest.py)."""

raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
