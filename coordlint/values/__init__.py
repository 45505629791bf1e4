"""The small languages: a text or plain data of YAML in, a value out, or a refusal that says where and what to write.

No function here raises, whatever YAML can hold, and none reads anything but the zone files. What is `str` of a day, a
duration, a rhythm, a rule or a stretch of hours, or the `plain` form of a cadence, an input or a condition, reads as
the same value again.
"""

from __future__ import annotations

from collections.abc import Callable

from coordlint.values.cadence import Cadence, parse_cadence
from coordlint.values.condition import Condition, Input, Member, parse_condition, parse_given, parse_input
from coordlint.values.day import (
    LONG_MONTHS,
    LONG_WEEKDAYS,
    MONTHS,
    WEEKDAYS,
    Hours,
    last_day_of,
    parse_day,
    parse_hours,
    parse_moment,
    parse_month,
    parse_time,
    parse_weekday,
    parse_weekdays,
)
from coordlint.values.duration import Duration, Every, parse_duration, parse_every, parse_rhythm
from coordlint.values.number import EVERYTHING, Interval, merged, parse_number, said
from coordlint.values.refusal import Refusal, listed, shown
from coordlint.values.rrule import Rrule, parse_rrule
from coordlint.values.slot import LAST, DayOfMonth, Slot
from coordlint.values.zone import parse_zone

__all__ = [
    "EVERYTHING",
    "LAST",
    "LONG_MONTHS",
    "LONG_WEEKDAYS",
    "MONTHS",
    "VALUES",
    "WEEKDAYS",
    "Cadence",
    "Condition",
    "DayOfMonth",
    "Duration",
    "Every",
    "Hours",
    "Input",
    "Interval",
    "Member",
    "Refusal",
    "Rrule",
    "Slot",
    "last_day_of",
    "listed",
    "merged",
    "parse_cadence",
    "parse_condition",
    "parse_day",
    "parse_duration",
    "parse_every",
    "parse_given",
    "parse_hours",
    "parse_input",
    "parse_moment",
    "parse_month",
    "parse_number",
    "parse_rhythm",
    "parse_rrule",
    "parse_time",
    "parse_weekday",
    "parse_weekdays",
    "parse_zone",
    "said",
    "shown",
]

# The names by which the schemas call the small languages, each with its reader. A condition is not among them, for it
# cannot be read without its input.
VALUES: dict[str, Callable[[object], object | Refusal]] = {
    "cadence": parse_cadence,
    "day": parse_day,
    "duration": parse_duration,
    "every": parse_every,
    "hours": parse_hours,
    "input": parse_input,
    "moment": parse_moment,
    "month": parse_month,
    "rrule": parse_rrule,
    "time": parse_time,
    "weekday": parse_weekday,
    "weekdays": parse_weekdays,
    "zone": parse_zone,
}
