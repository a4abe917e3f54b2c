"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once and `--direct` never imports
Prefect."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

WAREHOUSE = Path("data/warehouse.duckdb")
EXPORTS = Path("data/exports")
SEEDS = Path("seeds/articles")

EXIT_PUBLISHED = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_REJECTED = 3

EPILOGUE = """
Examples:

    communique run                              the sample pages, into data/warehouse.duckdb
    communique run ~/pages more.zip             a folder and an archive; what is known and unchanged is skipped
    communique run ~/pages --direct --workers 4 the same without Prefect
    communique status
    communique sql "SELECT * FROM analytics.commitment_ledger"
    communique evidence 0123456789abcdef

Exit codes: 0 published or nothing new, 1 failed and nothing published, 2 wrong usage, 3 published but, with --strict, a file was rejected.
"""

app = App(
    name="communique",
    help="Turn a folder of news articles into a DuckDB warehouse in which every row leads back to its sentence.",
    help_epilogue=EPILOGUE,
    help_format="plaintext",
    version=lambda: version("communique"),
)

WarehouseFile = Annotated[Path, Parameter(name=["--warehouse"], help="The published DuckDB file.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: runs one command and exits with its code. Errors are one line; COMMUNIQUE_DEBUG=1 shows the traceback."""
    sys.exit(_exit_code(list(sys.argv[1:] if arguments is None else arguments)))


def _exit_code(arguments: list[str]) -> int:
    try:
        result = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
        return result if isinstance(result, int) else 0
    except CycloptsError as error:
        return _fail(f"{_one_line(error)} (see communique --help)", EXIT_USAGE)
    except KeyboardInterrupt:
        return _fail("interrupted; nothing was published", 130)
    except BrokenPipeError:
        # Somebody closed our standard output (`| head`): nothing to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PUBLISHED
    except Exception as error:
        if os.environ.get("COMMUNIQUE_DEBUG"):
            raise
        return _fail(_one_line(error) or type(error).__name__, EXIT_FAILED)


def _fail(message: str, code: int) -> int:
    print(f"communique: {message}", file=sys.stderr)
    return code


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    main()
