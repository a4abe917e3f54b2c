from __future__ import annotations

import pytest

from reports.dates import readable


@pytest.mark.parametrize(
    ("edtf", "read"),
    [
        ("2024-06-27", "2024-06-27"),
        ("2024-06", "2024-06"),
        ("XXXX-06-07", "7 June, year open"),
        ("XXXX-06", "June, year open"),
        ("XXXX-21", "spring, year open"),
        ("2024-23", "autumn 2024"),
        ("2024-08/..", "from 2024-08"),
        ("../2030", "by 2030"),
        ("2024-01/2024-03", "2024-01 to 2024-03"),
        ("XXXX-05/XXXX-06", "May, year open to June, year open"),
        ("XXXX-77", "XXXX-77"),
        (None, ""),
    ],
)
def test_edtf_is_read_as_people_say_it(edtf: str | None, read: str) -> None:
    assert readable(edtf) == read
