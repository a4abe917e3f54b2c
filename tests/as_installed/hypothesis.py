"""In the place of hypothesis for every process that a test starts (see tests/conftest.py)."""

raise ModuleNotFoundError("No module named 'hypothesis'", name="hypothesis")
