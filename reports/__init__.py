"""The report to look at: one HTML file with what a published warehouse holds. It reads the warehouse, and writes nothing else."""
