"""What reading the files costs at least: the floor that a run is measured against.

python -m benchmarks.floor duckdb OUT FOLDER [FOLDER ...]     DuckDB reads the files and stores their text, compressed
python -m benchmarks.floor python OUT FOLDER [FOLDER ...]     Python reads and hashes them, on two processes
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

import duckdb


def read_and_store(out: Path, folders: list[str]) -> int:
    """The fastest way that DuckDB has: its default of storage, text declared zstd, two threads."""
    out.unlink(missing_ok=True)
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        connection.execute(f"ATTACH '{out}' AS floor (STORAGE_VERSION 'v1.5.0')")
        connection.execute("CREATE TABLE floor.pages (name VARCHAR, page VARCHAR USING COMPRESSION zstd)")
        # read_text refuses what is no UTF-8, as images are: the bytes are taken, and those that are text are stored
        connection.execute(
            "INSERT INTO floor.pages SELECT filename, decode(content) FROM read_blob(?) WHERE content[1:4] <> '\\x89PNG'::BLOB",
            [[f"{folder}/*" for folder in folders]],
        )
        connection.execute("CHECKPOINT floor")
        return int(connection.sql("SELECT count(*) FROM floor.pages").fetchall()[0][0])


def hash_folder(folder: str) -> int:
    return len([sha256(path.read_bytes()).hexdigest() for path in sorted(Path(folder).iterdir())])


def main() -> None:
    kind, out, *folders = sys.argv[1:]
    if kind == "duckdb":
        count = read_and_store(Path(out), folders)
    else:
        with ProcessPoolExecutor(2) as pool:
            count = sum(pool.map(hash_folder, folders))
    print(f"{count} pages")


if __name__ == "__main__":
    main()
