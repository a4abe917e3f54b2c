"""How a command ends: its exit code, and the one line that says what was wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from cyclopts import CycloptsError

EXIT_PUBLISHED = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_REJECTED = 3
EXIT_INTERRUPTED = 130


def exit_code(command: Callable[[], object]) -> int:
    """Runs a command; gives the code that it returns, or that of what it raises, which is told in one line. With COMMUNIQUE_DEBUG=1 what nobody
    has caught is raised."""
    try:
        result = command()
        return result if isinstance(result, int) else EXIT_PUBLISHED
    except CycloptsError as error:
        return fail(f"{_one_line(error)} (see communique --help)", EXIT_USAGE)
    except KeyboardInterrupt:
        return fail("interrupted; nothing was published", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # Somebody closed our standard output (`| head`): nothing to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PUBLISHED
    except Exception as error:
        if os.environ.get("COMMUNIQUE_DEBUG"):
            raise
        return fail(_reason(error), EXIT_FAILED)


def fail(message: str, code: int) -> int:
    """Says what was wrong, and gives the code."""
    print(f"communique: {message}", file=sys.stderr)
    return code


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _reason(error: Exception) -> str:
    """One line; for a broken contract followed by the rows. An error that nobody foresaw says so, since its text alone may tell nothing."""
    if type(error).__name__ == "ContractError":  # by name: importing it would cost half a second
        return str(error)
    is_foreseen = isinstance(error, OSError) or type(error).__module__.partition(".")[0] in ("flows", "schemas", "transforms", "warehouse")
    message = _one_line(error)
    return message if is_foreseen else f"unexpected {type(error).__name__}: {message} (COMMUNIQUE_DEBUG=1 shows where)"
