"""What is past its time: reviews that are due, ends that came, trials that went on, reasons that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from coordlint.facts.lifetimes import leaning_on, review_due, speaking_of_time
from coordlint.facts.parties import has_left
from coordlint.facts.reasons import lost_reasons
from coordlint.facts.references import Use
from coordlint.facts.vacancy import place_of
from coordlint.facts.venues import decides_something
from coordlint.finding import Once, Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, Meeting, Person
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, INFO, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, counted, left_behind, listed

# What says one of these ends by itself.
_ENDS = ("until", "status_until", "only_while")

# How people speak of what has a status for a time.
_FOR_NOW = {"trial": "on trial", "paused": "paused", "proposed": "a proposal", "active": "in force"}


@rule(WARNING, weakness=ACCRETION, claims_absence=True, yields_to=("lifecycle/outlived-its-reason",))
def review_overdue(org: Org, *, grace: int = 14) -> Iterator[Problem]:
    """What is to be looked at again is looked at.

    A day on which somebody must look again is the cheapest way to end what has outlived itself, and it is worth nothing
    once it may pass. `review_by` is that day; `review_every` counts from the last `reviewed` of the log, else from
    `since`, in weeks of five working days, and where neither is known nothing is said. A review on the day, after it or
    in the 60 days before it counts. It is told after a fortnight (`grace`, in days).

    Bad:

        forums:
          tariff-board:
            charter: Settles what each tariff costs, and for whom it is there.
            chair: head-of-tariffs
            review_by: 2026-03-31   # expect: lifecycle/review-overdue

    Good:

        forums:
          tariff-board:
            charter: Settles what each tariff costs, and for whom it is there.
            chair: head-of-tariffs
            review_by: 2026-03-31
        log:
          - {reviewed: tariff-board, date: 2026-04-02, by: head-of-tariffs, outcome: keep}
    """
    speaking = speaking_of_time(org)
    # Most days are still to come, which shows in how they are written.
    past = (org.as_of - timedelta(days=grace)).isoformat()
    by = [each for each in speaking["review_by"] if str(each.data["review_by"]) < past or "review_every" in each.data]
    for each in dict.fromkeys((*by, *speaking["review_every"])):
        due = review_due(each) if org.is_active(each) else None
        if due is not None and org.as_of > due[1] + timedelta(days=grace) and not _is_told_at_model(each, due[0]):
            yield Problem(
                each.at(due[0]),
                f"{each.label} was to be looked at again by {due[1]}",
                tip="keep it, change it or end it; log that it was `reviewed`, and say when the next time is",
                atoms=atoms(each, "review_by", "review_every"),
            )


def _is_told_at_model(each: Declaration, field: str) -> bool:
    """Whether what is wrong stands in what a declaration is `like`, and is told there."""
    return each.model is not None and field in each.taken and each.org.is_active(each.model)


@rule(INFO, preset=STRICT, weakness=ACCRETION)
def no_review(org: Org) -> Iterator[Problem]:
    """What gives somebody a say is looked at again.

    Forums, decision rights and the meetings in which calls are made are easily set up and hardly ever ended: a day on
    which somebody asks whether they are still needed, and still right, is part of setting them up. What has an end
    already (`until`, `status_until`, `only_while`) needs none; the forum of a meeting speaks for it.

    Bad:

        decision_rights:
          overtime:   # expect: lifecycle/no-review
            question: May this shift work overtime?
            decider: shift-lead

    Good:

        decision_rights:
          overtime:
            question: May this shift work overtime?
            decider: shift-lead
            review_every: year
    """
    message, tip = "nothing says when {} is looked at again", "say when somebody looks again: `review_every: year`"
    meetings = [each for each in org.active(Meeting) if not each.says("forum") and decides_something(each)]
    forums, rights = org.active(Forum), org.active(DecisionRight)
    fields = ("review_by", "review_every")
    for kind, asked, nouns in (
        (Meeting, meetings, "deciding meetings"),
        (Forum, forums, "forums"),
        (DecisionRight, rights, "decision rights"),
    ):
        asked_of = [each for each in asked if not any(each.says(field) for field in _ENDS)]
        yield from _each_or_once(asked_of, kind.collection, nouns, fields, message, tip)


@rule(WARNING, weakness=ACCRETION)
def past_until(org: Org, *, grace: int = 14, notice: int = 30) -> Iterator[Problem]:
    """What was to end has ended, or goes on knowingly.

    `until` is a plan. Past it nothing is asked of a declaration any more, whether it has ended or people still go there
    every week; `status: ended` says that it has, `replaced_by` says where its work went, a later day that it goes on.
    It is told a fortnight after the last day (`grace`). Where something in force leans on it, a remark is made from 30
    days before that day on (`notice`), while there is time to choose what takes its place.

    Bad:

        forums:
          merger-board:
            charter: Settles what each of the two firms gives up.
            chair: head-of-integration
            until: 2026-03-31   # expect: lifecycle/past-until

    Good:

        forums:
          merger-board:
            charter: Settles what each of the two firms gives up.
            chair: head-of-integration
            until: 2026-03-31
            status: ended
    """
    for each in speaking_of_time(org)["until"]:
        last_day = each.until
        if last_day is None or each.says("replaced_by") or each.status not in ("active", "trial"):
            continue
        if org.as_of > last_day + timedelta(days=grace):
            words = f"was to end on {last_day}, and does not say that it has"
            tip = "write `status: ended` where it has, a later day where it goes on, or what it was `replaced_by`"
            yield _at_its_end(each, leaning_on(each), words, tip)
        elif org.as_of >= last_day - timedelta(days=notice) and (leaning := leaning_on(each)):
            verb = "ends" if org.as_of <= last_day else "ended"
            words = (
                f"{verb} on {last_day}, and {counted(len(leaning), 'name')} still lead{'s' * (len(leaning) == 1)} to it"
            )
            tip = "say what takes its place, or a later day"
            yield _at_its_end(each, leaning, words, tip)._replace(severity=INFO)


def _at_its_end(each: Declaration, leaning: list[Use], words: str, tip: str) -> Problem:
    """A problem of something at its end, which may explain what is missing around it: in what names it, and in what it
    names."""
    users = (atom for use in leaning for atom in atoms(use.user, use.field))
    return Problem(
        each.at("until"),
        f"{each.label} {words}",
        related=tuple(Related(place_of(use), "named here") for use in leaning[:3]),
        tip=tip,
        atoms=(*atoms(each, "until", "last-day", ""), *users, *left_behind(each)),
    )


@rule(WARNING, weakness=ACCRETION)
def status_expired(org: Org, *, grace: int = 14) -> Iterator[Problem]:
    """What is so only for a time is decided when that time is over.

    A trial that nobody closes becomes the rule without anybody having said so; what was paused for a month, and still
    is after a year, has ended. `status_until` says how long the status is meant to last. It is told a fortnight after
    (`grace`, in days), for whatever has not ended meanwhile.

    Bad:

        meetings:
          open-hour:
            purpose: Answer every question of the new tenants.
            chair: house-manager
            outputs: Answers
            cadence: {every: week, day: thu, at: "17:00", lasts: 1h}
            status: trial
            status_until: 2026-04-30   # expect: lifecycle/status-expired

    Good:

        meetings:
          open-hour:
            purpose: Answer every question of the new tenants.
            chair: house-manager
            outputs: Answers
            cadence: {every: week, day: thu, at: "17:00", lasts: 1h}
            status: trial
            status_until: 2026-08-31
    """
    for each in speaking_of_time(org)["status_until"]:
        last_day, words = each.status_until, _FOR_NOW.get(each.status)
        over = each.says("replaced_by") or (each.until is not None and each.until < org.as_of)
        if last_day is None or words is None or over or org.as_of <= last_day + timedelta(days=grace):
            continue
        yield Problem(
            each.at("status_until"),
            f"{each.label} was to be {words} until {last_day}, and still is",
            tip="decide what it is now: `active`, `ended`, or the same until a later day",
        )


@rule(WARNING, weakness=ACCRETION, yields_to=("lifecycle/past-until",))
def outlived_its_reason(org: Org) -> Iterator[Problem]:
    """What was set up for something goes when that is over.

    Many a meeting, approval and detour was right when it was made, for one launch, one supplier, one leader whom nobody
    trusted with a call. When all that `only_while` names has ended or left, what it was made for is solved, and it only
    costs. It is told once every one of them has been over for a fortnight; while a name among them leads nowhere,
    nothing is.

    Bad:

        initiatives:
          new-till: {accountable: head-of-stores, status: ended, until: 2026-02-28}
        meetings:
          till-morning-call:
            purpose: Sort out what the new tills got wrong yesterday.
            chair: head-of-stores
            outputs: A list of faults
            cadence: {every: day, at: "08:00", lasts: 15m}
            only_while: new-till   # expect: lifecycle/outlived-its-reason

    Good:

        initiatives:
          new-till: {accountable: head-of-stores, done_when: Every store has them., due: 2026-09-30}
        meetings:
          till-morning-call:
            purpose: Sort out what the new tills got wrong yesterday.
            chair: head-of-stores
            outputs: A list of faults
            cadence: {every: day, at: "08:00", lasts: 15m}
            only_while: new-till
    """
    for each in speaking_of_time(org)["only_while"]:
        gone = lost_reasons(each) if org.is_active(each) else []
        if gone and not _is_told_at_model(each, "only_while"):
            # Whatever is wrong with what should be gone already is explained by this.
            fields = {str(way[len(each.route)]) for way, ref in each.references() if org.find(ref) in gone}
            yield Problem(
                each.at("only_while"),
                f"{each.label} has outlived its reason: {listed([_fate(reason) for reason in gone])}",
                related=tuple(Related(reason.at(_end_of(reason), on_key=True), "said here") for reason in gone[:3]),
                tip="end it, or say what it is there for now",
                atoms=(
                    *atoms(each, "", "review_by", "review_every", *sorted(fields)),
                    *(atom for reason in gone for atom in atoms(reason, "until")),
                ),
            )


def _fate(reason: Declaration) -> str:
    words = {"left": "has left", "replaced_by": "was replaced", "status": "has ended", "until": "is past its last day"}
    return f"{reason.label} {words[_end_of(reason)]}"


def _end_of(reason: Declaration) -> str:
    """The field that says that something is over."""
    if isinstance(reason, Person) and has_left(reason):
        return "left"
    if reason.says("replaced_by"):
        return "replaced_by"
    return "status" if reason.status == "ended" else "until"


@rule(INFO, preset=STRICT, weakness=ACCRETION)
def no_because(org: Org) -> Iterator[Problem]:
    """What takes something from others says which problem it solves.

    A forum takes a trade-off from the teams, and a trial asks everybody for patience. Whether either is still needed
    can be asked only while it is known which problem it was made for: `because`, in a sentence. A charter says what a
    forum settles, not what went wrong before there was one. What is there `only_while` something else is has said so.

    Bad:

        forums:
          recipe-board:   # expect: lifecycle/no-because
            charter: Settles what goes into each loaf of all six bakeries.
            chair: master-baker

    Good:

        forums:
          recipe-board:
            charter: Settles what goes into each loaf of all six bakeries.
            chair: master-baker
            because: One loaf had four recipes, and customers could taste it.
    """
    forums = org.active(Forum)
    on_trial = [each for each in speaking_of_time(org)["status"] if each.status == "trial" and org.is_active(each)]
    trials = [each for each in on_trial if not isinstance(each, Forum)]
    message, tip = "nothing says which problem {} solves", "write it in a sentence: `because: …`"
    for asked, nouns in ((forums, "forums"), (trials, "trials")):
        asked_of = [each for each in asked if not each.says("only_while")]
        # Trials are of any kind.
        of = Forum.collection if asked is forums else "trials"
        yield from _each_or_once(asked_of, of, nouns, ("because",), message, tip)


def _each_or_once(
    asked_of: Iterable[Declaration], of: str, nouns: str, fields: tuple[str, ...], message: str, tip: str
) -> Iterator[Problem]:
    """A problem for each that is silent in all of the fields; it is said once where all of many are."""
    asked = [each for each in asked_of if not each.refused]
    silent = [each for each in asked if not any(each.says(field) for field in fields)]
    once = Once(of, message.format(f"any of the {{count}} {nouns}"), len(silent) == len(asked))
    for each in silent:
        yield Problem(each.at(fields[0]), message.format(each.label), tip=tip, once=once)
