"""Where things are kept: who answers for it, whether it is the one place, who reads and writes it, and how often."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.claims import normal, rivals
from coordlint.facts.evidence import happened
from coordlint.facts.holding import may_be_meant
from coordlint.facts.keeping import (
    behind,
    has_somebody,
    is_read,
    is_written,
    kept_twice,
    may_come_from,
    says_who_reads,
    says_who_writes,
)
from coordlint.facts.venues import refreshed_by
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Record
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, CONTRADICTION, GAP, INFO, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, names

# What keeps nothing may be what the record is for, and who answers for that would answer for the record.
_LACK_A_RECORD = ("meeting/holds-nothing", "meeting/no-output", "meeting/no-memory", "decision/no-record")
_LACK_SOMEBODY = ("meeting/no-owner", "forum/no-decider", "lifecycle/past-until", "reference/ended")


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("owner", "nobody answers for any of these {count} records"),
    yields_to=(*_LACK_SOMEBODY, *_LACK_A_RECORD, "reference/one-sided"),
)
def no_owner(_org: Org, record: Record) -> Iterator[Problem]:
    """Somebody answers for every record.

    What nobody answers for goes stale, and is trusted a while longer. A record has an `owner`, or is that of whoever
    answers for the meeting that puts it out, or for the meeting or forum whose `record` it is, or of the team that
    produces it. A copy of another record is not asked: it is worth what that one is. While a name leads nowhere that
    may mean it, nothing is said.

    Bad:

        records:
          price-list:   # expect: record/no-owner
            keeps: What each product costs, by country.
            read_by: shop
          complaints:
            keeps: Every complaint, with what came of it.
        forums:
          service-board:
            charter: Settles what is done about complaints.
            chair: head-of-service
            decider: head-of-service
            record: complaints

    Good:

        records:
          price-list:
            keeps: What each product costs, by country.
            owner: head-of-sales
            read_by: shop
          complaints:
            keeps: Every complaint, with what came of it.
        forums:
          service-board:
            charter: Settles what is done about complaints.
            chair: head-of-service
            decider: head-of-service
            record: complaints
    """
    if "owner" in record.data or has_somebody(record) or may_be_meant(record):
        return
    venues = refreshed_by(record)
    yield Problem(
        record.at("owner"),
        f"nobody answers for record `{record.id}`",
        related=tuple(Related(venue.at(on_key=True), "nor for what writes it") for venue in venues[:3]),
        tip="name who keeps it right: `owner: …`",
        atoms=(
            *(atom for venue in venues for atom in atoms(venue, "chair", "decider")),
            *(atom for each in may_come_from(record) for atom in atoms(each, "record")),
        ),
    )


@rule(WARNING, weakness=CONTRADICTION)
def two_sources(org: Org) -> Iterator[Problem]:
    """One thing is kept in one place.

    Two records that say they keep the same will not for long: one is changed, and the other is read. Case, punctuation
    and plurals make no difference. A copy says so with `copy_of`. Each meeting, forum or right may have a record of its
    own that says the same of what is decided there, and where a text speaks of "our", "the team" or "the
    meeting", each owner has its own. What is said in one word, or in words that say nothing, is not compared.

    Bad:

        records:
          customer-list:
            keeps: Every customer, with address and terms.
            owner: head-of-sales
          debtor-file:
            keeps: Every customer with address, and terms   # expect: record/two-sources
            owner: head-of-finance

    Good:

        records:
          customer-list:
            keeps: Every customer, with address and terms.
            owner: head-of-sales
          debtor-file:
            keeps: Every customer with address, and terms
            owner: head-of-finance
            copy_of: customer-list
    """
    found = list(kept_twice(org))
    contested = {normal(claims[0].thing): claims[0].team for claims in rivals(org)} if found else {}
    for records in found:
        first, second, *others = records
        owners = [contested[text] for each in records if (text := normal(each.keeps or "")) in contested]
        yield Problem(
            second.at("keeps"),
            f"{names(records)} keep the same",
            related=tuple(Related(each.at("keeps"), "kept here too") for each in (first, *others[:2])),
            tip="keep one; let the other say that it is a copy (`copy_of: …`), or what else it keeps",
            atoms=tuple(atom for team in owners for atom in atoms(team, "owns")),
        )


@rule(
    INFO,
    preset=STRICT,
    weakness=ACCRETION,
    claims_absence=True,
    once_a_kind=("read_by", "{count} records are kept, and nothing says who reads them"),
    yields_to=("reference/orphan", "handoff/output-nobody-takes"),
)
def nobody_reads(org: Org, record: Record) -> Iterator[Problem]:
    """Whatever is kept is read by somebody.

    A list that is kept up and that nobody looks at is work for nothing. A record is read by those under `read_by`; by
    meetings that take it in, review it or read it before; where a hand-off delivers, awaits or begins with it; where a
    line or a hand-off runs through it; by an initiative that plans by it or needs it; and by whoever decides where it
    keeps what was decided. Nothing is said while the organisation does not write down who reads what.

    Bad:

        records:
          visitor-count:   # expect: record/nobody-reads
            keeps: How many came through each door, by hour.
            owner: house-manager
          ticket-sales:
            keeps: Every ticket sold, with its price.
            owner: box-office
            read_by: programme-board
        meetings:
          house-weekly:
            purpose: Decide who is on which door next week.
            chair: house-manager
            outputs: visitor-count
            cadence: {every: week, day: mon, at: "10:00", lasts: 30m}

    Good:

        records:
          visitor-count:
            keeps: How many came through each door, by hour.
            owner: house-manager
            read_by: fire-officer
          ticket-sales:
            keeps: Every ticket sold, with its price.
            owner: box-office
            read_by: programme-board
        meetings:
          house-weekly:
            purpose: Decide who is on which door next week.
            chair: house-manager
            outputs: visitor-count
            cadence: {every: week, day: mon, at: "10:00", lasts: 30m}
    """
    if "read_by" in record.data and record.data["read_by"] != []:
        return
    if says_who_reads(org) and not is_read(record) and not may_be_meant(record):
        yield Problem(
            record.at("read_by"),
            f"nobody reads record `{record.id}`, as far as anything says",
            tip="name who does: `read_by: …`; or end it",
            atoms=atoms(record, ""),
        )


@rule(
    INFO,
    preset=STRICT,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("updated_every", "{count} records are there, and nothing says how anything gets into them"),
    yields_to=("reference/orphan", "record/no-owner"),
)
def nobody_writes(org: Org, record: Record) -> Iterator[Problem]:
    """It is said how what is kept gets there.

    A record into which nothing flows holds what was true once. It is written where a meeting puts it out, a team
    produces it, a hand-off delivers it or something runs through it; where a meeting, forum, right or escalation keeps
    what was decided; by its owner, where it says how often (`updated_every`); or as a copy of another. The log may say
    that it was `updated`. Nothing is said while the organisation does not write down what flows into records.

    Bad:

        records:
          tool-list:   # expect: record/nobody-writes
            keeps: Which tool hangs where, and when it was last sharpened.
            owner: workshop-lead
            read_by: apprentices
          job-cards:
            keeps: Every job, with its drawing and its day.
            owner: planner
            updated_every: day
            read_by: workshop

    Good:

        records:
          tool-list:
            keeps: Which tool hangs where, and when it was last sharpened.
            owner: workshop-lead
            updated_every: month
            read_by: apprentices
          job-cards:
            keeps: Every job, with its drawing and its day.
            owner: planner
            updated_every: day
            read_by: workshop
    """
    if says_who_writes(org) and not is_written(record) and not may_be_meant(record):
        yield Problem(
            record.at("updated_every"),
            f"nothing says how anything gets into record `{record.id}`",
            tip="say how often its owner does it, `updated_every: …`, or name it where it is put out or delivered",
            atoms=atoms(record, "", "owner"),
        )


@rule(WARNING, weakness=ACCRETION, claims_absence=True)
def overdue(org: Org, *, grace: int = 7) -> Iterator[Problem]:
    """What is to be brought up to date every so often is.

    A record that is a month behind is read as if it were not. `updated_every` says how often; it is told once the log
    knows of no update for that long, and a week (`grace`, in days) more. Counted is from the last `updated` of the log,
    or from a later session of a meeting that writes the record, or a decision that it keeps. A record of which the log
    never told that it was `updated` is not asked, whatever its `since` says: others may keep no such log. And what the
    log could not tell yet is not missed, so time counts up to its last entry, and not up to today. Days on which the
    house is shut do not count: the holidays of the first calendar, and periods with `freeze: true`; and where the log
    says that a session which writes the record was `cancelled`, it waits from that day for the next. A week has five
    working days, and what is shorter than a day counts as one.

    Bad:

        records:
          bed-list:
            keeps: Which beds are free, ward by ward.
            owner: bed-manager
            updated_every: day   # expect: record/overdue
            read_by: wards
        log:
          - {updated: bed-list, date: 2026-05-28}
          - {updated: drug-list, date: 2026-06-12}

    Good:

        records:
          bed-list:
            keeps: Which beds are free, ward by ward.
            owner: bed-manager
            updated_every: day
            read_by: wards
        log:
          - {updated: bed-list, date: 2026-06-11}
          - {updated: drug-list, date: 2026-06-12}
    """
    updated = happened(org, "updated")
    for record in org.active(Record) if updated else ():
        newest = behind(record, grace) if record in updated and not record.refused else None
        if newest is not None and record.updated_every is not None and not may_be_meant(record):
            yield Problem(
                record.at("updated_every"),
                f"record `{record.id}` is to be brought up to date {record.updated_every.words}, "
                f"and the last time was on {newest.day}",
                related=(Related(newest.entry.at(), "this was the last time"),),
                tip="bring it up to date and log that it was `updated`, say how often it truly is, or end it",
            )
