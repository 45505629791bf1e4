"""What the rules about names say, where a page's example cannot show it."""

from __future__ import annotations

import pytest

from coordlint.testing import check, parse


@pytest.mark.parametrize(
    ("length", "way"),
    [
        (1, "`t0` → `t0`"),
        (6, "`t0` → `t1` → `t2` → `t3` → `t4` → `t5` → `t0`"),
        (7, "`t0` → `t1` → `t2` → … and 4 more … → `t0`"),
        (3000, "`t0` → `t1` → `t2` → … and 2997 more … → `t0`"),
    ],
)
def test_a_long_circle_is_one_readable_line(length: int, way: str) -> None:
    teams = "".join(f"  t{number}: {{part_of: t{(number + 1) % length}}}\n" for number in range(length))
    (finding,) = check(parse(f"teams:\n{teams}"), "reference/cycle").findings
    assert finding.message == f"`part_of` leads in a circle: {way}"
