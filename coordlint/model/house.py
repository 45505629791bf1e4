"""What coordlint.yaml declares: the organisation itself, its calendars, periods and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordlint.model.base import ANY, PARTY, Declaration, Node, Waiver
from coordlint.model.fields import (
    Many,
    One,
    Value,
    Values,
    choice,
    day,
    flag,
    number,
    part,
    parts,
    ref,
    refs,
    text,
    texts,
    value,
    values,
)

if TYPE_CHECKING:
    from datetime import date

    from coordlint.model.kinds import Party
    from coordlint.values import Duration, Hours


class Calendar(Declaration):
    """When people work. Without `working_days` Monday to Friday, without `working_hours` 09:00 to 17:00."""

    kind = "calendar"
    collection = "calendars"

    timezone: Value[str] = value("zone")
    working_days = texts()
    working_hours: Value[Hours] = value("hours")
    holidays: Values[date] = values("day")


class Period(Declaration):
    """A stretch of time that cadences may leave out."""

    kind = "period"
    collection = "periods"

    last: Value[Duration] = value("duration")
    of = choice()
    from_ = day()
    to = day()
    freeze = flag()


class Limits(Node):
    """The house's own limits; one that is not said is not checked."""

    meeting_hours_per_week = number()
    meeting_people = number()
    forum_meets_at_least_every: Value[Duration] = value("duration")
    decision_rights_per_role = number()
    roles_per_person = number()
    forums_led_per_person = number()
    initiatives_per_team = number()
    direct_reports = number()
    escalation_steps = number()
    vetoes_per_decision = number()
    handoff_steps = number()


class HouseWaiver(Waiver):
    """A finding that is accepted for some declarations, or for all."""

    for_: Many[Declaration] = refs(*ANY)


class Restricted(Node):
    """A part of the repository that not everybody reads, or changes."""

    match = text()
    visible_to: Many[Party] = refs(*PARTY)
    changed_by: Many[Party] = refs(*PARTY)


class Organisation(Declaration):
    """What coordlint.yaml says of the organisation itself; which rules run is no part of it."""

    kind = "organisation"
    collection = "organisation"

    organisation = text()
    layer_owner: One[Party] = ref(*PARTY)
    fiscal_year_starts = choice("jan")
    limits = part(Limits)
    waive = parts(HouseWaiver)
    paths = parts(Restricted)
