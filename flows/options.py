"""The options that commands share, and where things are unless told otherwise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, validators

WAREHOUSE = Path("data/warehouse.duckdb")
EXPORTS = Path("data/exports")
REPORT = Path("data/report")
SEEDS = Path("seeds/articles")


def flag(text: str) -> Parameter:
    """An option that is on or off."""
    return Parameter(help=text, negative="", show_default=False)


def limit(text: str) -> Parameter:
    """How much is read at most; what is beyond it gets the status `too_large`."""
    return Parameter(help=text, validator=validators.Number(gte=1))


def _dask_address(_type: object, address: str | None) -> None:
    from flows.workers import DASK_ADDRESS

    if address is not None and not re.fullmatch(DASK_ADDRESS, address):
        raise ValueError("expected an address such as tcp://10.0.0.5:8786")


WarehouseFile = Annotated[Path, Parameter(name="--warehouse", help="The published DuckDB file.")]
ExportsFolder = Annotated[Path, Parameter(name="--exports", help="Where the parquet exports are: a link to the newest.")]
NoExports = Annotated[bool, flag("Write no parquet.")]
Workers = Annotated[int | None, Parameter(help="Worker processes; one per core if not given.", validator=validators.Number(gte=1))]
DaskAddress = Annotated[
    str | None,
    Parameter(
        help="Transform on the Dask cluster with this scheduler, such as tcp://10.0.0.5:8786; it must see the same files.", validator=_dask_address
    ),
]
Force = Annotated[bool, flag("Publish although the checks of the figures object.")]
LockTimeout = Annotated[float, Parameter(help="Seconds to wait for another run.", validator=validators.Number(gte=0))]
