"""`coordlint log`: what happened in, an entry of the log out; a command for each sort of entry."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from coordlint.cli.noting import Where, note

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Keep evidence: add an entry to the log, and change nothing else.

    The entry goes to the file with the newest entries, or to log.yaml where there is none yet. Names are those of
    your declarations, days are written 2026-03-31, and nothing is written where something does not fit.

    \b
    coordlint log held launch-weekly --attended 7 --decisions 2
    coordlint log decided discount --by cfo --given percent=30 --given region=emea
    coordlint log returned launch-kit --reason "price list missing" --date 2026-03-31
    """,
)


def _words(option: str, metavar: str, says: str) -> typer.models.OptionInfo:
    made: typer.models.OptionInfo = typer.Option(option, metavar=metavar, help=says)
    return made


Text: TypeAlias = str | None
Texts: TypeAlias = list[str] | None
Date = Annotated[Text, _words("--date", "DAY", "The day on which it happened. Default: today, or --as-of.")]
By = Annotated[Text, _words("--by", "WHO", "The role, person, team or forum that did so, such as cfo.")]
File = Annotated[str, _words("--file", "PATH", "The file to add it to. Default: the one with the newest entries.")]
Folder = Annotated[
    str,
    typer.Option(
        "--org", metavar="DIR", help="The organisation, or a folder in it. Default: here.", show_default=False
    ),
]
AsOf = Annotated[str, _words("--as-of", "DAY", "The day that counts as today. Default: SOURCE_DATE_EPOCH, else today.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the entry and where it would stand; write nothing.")]


@app.command()
def held(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting, such as launch-weekly.")],
    date: Date = None,
    attended: Annotated[
        Texts, _words("--attended", "N|WHO", "How many were there, such as 7; or who, such as cfo,cpo.")
    ] = None,
    decisions: Annotated[
        Texts,
        _words("--decisions", "N|WHAT", "How many decisions were made, such as 2; or which: rights by id, or texts."),
    ] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """A meeting took place.

    Example:

    \b
    coordlint log held launch-weekly --attended 7 --decisions 2
    """
    said = {"held": meeting, "date": date, "attended": attended, "decisions": decisions}
    return note("held", said, Where(file, org, as_of, dry_run))


@app.command()
def cancelled(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting, such as launch-weekly.")],
    date: Date = None,
    because: Annotated[Text, _words("--because", "TEXT", "Why, such as: Nothing was ready.")] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """A meeting did not take place.

    Example:

    \b
    coordlint log cancelled launch-weekly --because "Nothing was ready."
    """
    return note("cancelled", {"cancelled": meeting, "date": date, "because": because}, Where(file, org, as_of, dry_run))


@app.command()
def decided(
    right: Annotated[str, typer.Argument(metavar="RIGHT", help="The decision right that was used, such as discount.")],
    id: Annotated[Text, _words("--id", "ID", "What its record calls it, such as DEC-2026-014.")] = None,
    what: Annotated[Text, _words("--what", "TEXT", "What was decided, such as: 30 % for Harbour Logistics.")] = None,
    given: Annotated[
        Texts, _words("--given", "INPUT=VALUE", "What it depended on, such as percent=30; may be given several times.")
    ] = None,
    date: Date = None,
    by: By = None,
    in_: Annotated[Text, _words("--in", "WHERE", "The meeting or forum where it was made, such as deal-desk.")] = None,
    supersedes: Annotated[
        Text, _words("--supersedes", "ID", "The id of the decision that it replaces, such as DEC-2026-009.")
    ] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """A decision was made.

    With --given, it can be seen whether whoever decided might.

    Example:

    \b
    coordlint log decided discount --by cfo --in deal-desk \\
        --given percent=30 --given region=emea
    """
    said = {"decided": right, "id": id, "what": what, "given": given, "date": date, "by": by, "in": in_}
    return note("decided", {**said, "supersedes": supersedes}, Where(file, org, as_of, dry_run))


@app.command()
def returned(
    handoff: Annotated[str, typer.Argument(metavar="HANDOFF", help="The hand-off, such as launch-kit.")],
    date: Date = None,
    reason: Annotated[Text, _words("--reason", "TEXT", "What was missing, such as: price list missing.")] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """The receiver of a hand-off refused it.

    Say the reason in the same words each time: what comes back again and again is found by it.

    Example:

    \b
    coordlint log returned launch-kit --reason "price list missing"
    """
    return note("returned", {"returned": handoff, "date": date, "reason": reason}, Where(file, org, as_of, dry_run))


@app.command()
def escalated(
    escalation: Annotated[str, typer.Argument(metavar="ESCALATION", help="The escalation, such as deal-escalation.")],
    opened: Annotated[
        Text, _words("--opened", "MOMENT", "When it began, such as 2026-03-31T14:05, or the day alone. Needed.")
    ] = None,
    closed: Annotated[Text, _words("--closed", "MOMENT", "When it was settled, such as 2026-04-02T09:30.")] = None,
    reached: Annotated[
        Text, _words("--reached", "N", "The number of the last step that it reached, such as 2.")
    ] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """An escalation was taken.

    Example:

    \b
    coordlint log escalated deal-escalation --reached 2 \\
        --opened 2026-03-31T14:05 --closed 2026-04-02T09:30
    """
    said = {"escalated": escalation, "opened": opened, "closed": closed, "reached": reached}
    return note("escalated", said, Where(file, org, as_of, dry_run))


@app.command()
def slipped(
    initiative: Annotated[str, typer.Argument(metavar="INITIATIVE", help="The initiative, such as fleet-3.")],
    date: Date = None,
    from_: Annotated[Text, _words("--from", "DAY", "The day that was promised, such as 2026-09-30.")] = None,
    to: Annotated[Text, _words("--to", "DAY", "The day that is promised now, such as 2026-11-15.")] = None,
    known_since: Annotated[
        Text, _words("--known-since", "DAY", "When that was first known, such as 2026-07-01.")
    ] = None,
    cause: Annotated[Text, _words("--cause", "TEXT", "Why, such as: The test bench was taken.")] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """The date of an initiative moved.

    --date is the day on which that was said, --known-since the day on which somebody knew.

    Example:

    \b
    coordlint log slipped fleet-3 --known-since 2026-07-01 \\
        --from 2026-09-30 --to 2026-11-15
    """
    said = {"slipped": initiative, "date": date, "from": from_, "to": to, "known_since": known_since, "cause": cause}
    return note("slipped", said, Where(file, org, as_of, dry_run))


@app.command()
def updated(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record, such as launch-plan.")],
    date: Date = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """A record was brought up to date.

    Example:

    \b
    coordlint log updated launch-plan
    """
    return note("updated", {"updated": record, "date": date}, Where(file, org, as_of, dry_run))


@app.command()
def reviewed(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Anything declared, such as meeting/regional-sync.")],
    date: Date = None,
    by: By = None,
    outcome: Annotated[Text, _words("--outcome", "keep|change|end", "What came of it: keep, change or end.")] = None,
    file: File = "",
    org: Folder = ".",
    as_of: AsOf = "",
    dry_run: DryRun = False,
) -> int:
    """Somebody looked again whether something is still right.

    Example:

    \b
    coordlint log reviewed meeting/regional-sync --by chief-of-staff --outcome keep
    """
    said = {"reviewed": name, "date": date, "by": by, "outcome": outcome}
    return note("reviewed", said, Where(file, org, as_of, dry_run))
