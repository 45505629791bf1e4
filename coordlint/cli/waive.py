"""`coordlint waive`: a rule, a name and a reason in, one more entry of `waive` out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

import typer

from coordlint.cli.check import AsOf, EditionName, Plugins, PresetName
from coordlint.cli.checking import day_of, rules_of
from coordlint.cli.files import put_in_place
from coordlint.cli.organisation import organisation
from coordlint.cli.streams import say, tell
from coordlint.comparing import BASELINE, stale
from coordlint.config import BASELINE_FILE, CONFIG_FILE, Asked
from coordlint.document import read
from coordlint.editing import Refused, apply
from coordlint.finding import Edit, Finding, Place, UsageError
from coordlint.lint import Run
from coordlint.model.base import Declaration
from coordlint.model.kinds import KINDS
from coordlint.nearest import nearest
from coordlint.report.screen import shown as visible
from coordlint.rules import rule_names
from coordlint.shape import HOUSE_COLLECTIONS
from coordlint.values import Refusal, parse_day
from coordlint.waivers.written import NEVER_WAIVED
from coordlint.workspace import Workspace

_MOST_NAMED = 3


class _Wish(NamedTuple):
    """What is to be accepted: a rule, in a declaration; None where what it says is about none."""

    rule: str
    about: Declaration | None
    name: str


def waive(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule, as a finding shows it.")],
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help="The declaration that it speaks of, such as deal-desk or forum/deal-desk. Left out, the rule is "
            "waived for what is no declaration, in coordlint.yaml.",
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why it is right as it is, or what it waits for. Needed.")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="The last day on which this is accepted, such as 2027-06-30.")
    ] = "",
    org: Annotated[
        str,
        typer.Option(
            "--org", metavar="DIR", help="The organisation, or a folder in it. Default: here.", show_default=False
        ),
    ] = ".",
    preset: PresetName = "",
    edition: EditionName = "",
    as_of: AsOf = "",
    plugins: Plugins = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the entry and where it would stand.")] = False,
) -> int:
    """Accept what a rule says of one declaration: write that there, with the reason.

    It is an entry of the declaration's own `waive`. Findings that are accepted do not count; `check --show-waived`
    shows them. Nothing is written where the rule says nothing.

    Example:

    \b
    coordlint waive meeting/no-agenda board-meeting \\
        --reason "the agenda is with counsel" --until 2027-06-30
    """
    workspace = organisation(org)
    asked = Asked(preset=preset, edition=edition, plugins=rules_of(plugins or ()))
    run = workspace.run(asked, day_of(as_of))
    wish = _wish(run, _rule(rule, rule_names(workspace.settings(asked).known)), name)
    entry = _entry(wish, reason, until, run.org.as_of)
    _refuse_for_nothing(run, wish)
    edit = _edit(wish, entry)
    path = edit.where.path
    old = workspace.raw(path)
    new = apply(path, old, [edit])
    if isinstance(new, Refused):
        raise UsageError(f"{workspace.shown(path)}: `waive` cannot be written there: {new.reason}")
    overlaid = Workspace(workspace.root, workspace.prefix, {path: new})
    after = overlaid.run(asked, run.org.as_of)
    accepted = _accepted_by(after, run, wish)
    if not dry_run:
        put_in_place(workspace.root, path, old, new, workspace.shown(path))
    _show(workspace, path, old, new, dry_run)
    say(f"accepts {accepted} finding{'s' * (accepted != 1)}{f' until {until}' if until else ''}\n")
    if after.compared is not None and any(stale(after.compared)):
        tell(f"{workspace.shown(BASELINE_FILE)} need not hold it any more: `coordlint baseline --prune` takes it out")
    if path == CONFIG_FILE and not dry_run:
        tell(f"note: `{wish.rule}` is accepted everywhere now, also where it finds something later")
    return 0


def _rule(name: str, known: Mapping[str, str]) -> str:
    """The rule of today that a name means."""
    found = known.get(name, "")
    if name.partition("/")[0] in NEVER_WAIVED:
        raise UsageError(f"`{name}` cannot be waived: what it says is about waivers, or about what was not checked")
    if not found:
        if any(each.startswith(f"{name}/") for each in known):
            raise UsageError(f"`{name}` is a family, and a waiver names one rule; `coordlint check` tells which")
        near = nearest(name, known)
        meant = f"; did you mean `{near}`?" if near else "; `coordlint rules` lists them"
        raise UsageError(f"no rule is called `{name}`{meant}")
    return found


def _wish(run: Run, rule: str, name: str) -> _Wish:
    """What is meant by a name. Raises UsageError where nothing bears it, or several things do."""
    if not name:
        return _Wish(rule, None, "")
    kind, slash, id = name.rpartition("/")
    bearers = [each for each in run.org.bearers(id) if not slash or each.kind == kind]
    if len(bearers) > 1:
        names = " or ".join(f"`{each.kind}/{each.id}`" for each in bearers)
        raise UsageError(f"{len(bearers)} things are called `{id}`; name one of them: {names}")
    if not bearers:
        near = nearest(id, run.org.names((kind,) if kind in KINDS else tuple(KINDS)))
        raise UsageError(f"nothing is called `{name}`" + (f"; did you mean `{near}`?" if near else ""))
    return _Wish(rule, bearers[0], name)


def _entry(wish: _Wish, reason: str, until: str, as_of: date) -> dict[str, Any]:
    said = " ".join(reason.split())
    if not any(letter.isalnum() for letter in said):
        raise UsageError('a waiver says why: give the reason with `--reason "…"`')
    entry = {"rule": wish.rule, "reason": said}
    if not until:
        return entry
    day = parse_day(until)
    if isinstance(day, Refusal):
        raise UsageError(f"--until: {day.message}; {day.tip or 'write a day such as 2027-06-30'}")
    if day < as_of:
        raise UsageError(f"--until: {until} is past, and the waiver would accept nothing; name a later day")
    return {**entry, "until": until}


def _refuse_for_nothing(run: Run, wish: _Wish) -> None:
    """Raise UsageError where the rule says nothing there, or what it says is accepted already."""
    if any(_is_about(each, wish) for each in (*run.findings, *filter(_is_of_before, run.waived))):
        return
    where = wish.about.label if wish.about is not None else "what is no declaration"
    there = next((each.accepted for each in run.waived if each.accepted and _is_about(each, wish)), None)
    if there is not None:
        place = f"{run.prefix}{there.where.path}:{there.where.line}"
        raise UsageError(f"what `{wish.rule}` says of {where} is accepted already, at {place}")
    if wish.rule not in run.rules:
        raise UsageError(
            f"`{wish.rule}` is not in force here; where a check with `--preset` or `--edition` shows it, give the same"
        )
    raise UsageError(_elsewhere(run, wish))


def _elsewhere(run: Run, wish: _Wish) -> str:
    """What is said of a wish where the rule says nothing: where it does."""
    found = [each for each in run.findings if each.rule == wish.rule]
    spoken = list(dict.fromkeys(f"`{each.kind}/{each.id}`" for each in found if each.id))
    listed = ", ".join(spoken[:_MOST_NAMED]) + (
        f" and {len(spoken) - _MOST_NAMED} more" if spoken[_MOST_NAMED:] else ""
    )
    if wish.about is None:
        return f"`{wish.rule}` speaks of {listed}; name what is meant" if spoken else f"`{wish.rule}` says nothing here"
    message = f"`{wish.rule}` says nothing of {wish.about.label}"
    if _instead(run, wish):
        return f"{message}{_instead(run, wish)}"
    if spoken:
        return f"{message}; it speaks of {listed}"
    return f"{message}; what it speaks of is no declaration, so leave the name out" if found else message


def _instead(run: Run, wish: _Wish) -> str:
    """Which finding explains what the rule would have said of it, and so speaks in its place; "" where none does."""
    spoken = (wish.rule, wish.about.kind, wish.about.id) if wish.about is not None else ()
    for finding in (*run.findings, *run.waived):
        if any((each.rule, each.kind, each.id) == spoken for each in finding.explains):
            place = f"{run.prefix}{finding.span.path}:{finding.span.line}"
            return f", for `{finding.rule}` speaks in its place, at {place}; name that rule to accept it"
    return ""


def _is_about(finding: Finding, wish: _Wish) -> bool:
    """Whether the rule says this of it; what is told once for a kind may be about any declaration of that."""
    if finding.rule != wish.rule:
        return False
    if wish.about is None:
        return not finding.id and finding.times == 1
    # A finding that stands elsewhere may have a place in this declaration: whether it has, the check tells.
    return (
        True if finding.times > 1 or finding.related else (finding.kind, finding.id) == (wish.about.kind, wish.about.id)
    )


def _is_of_before(finding: Finding) -> bool:
    """Whether a baseline accepts it, which a waiver with a reason and a last day may take over."""
    return finding.accepted is not None and finding.accepted.by == BASELINE


def _edit(wish: _Wish, entry: dict[str, Any]) -> Edit:
    about = wish.about
    if about is None or about.collection in HOUSE_COLLECTIONS or not about.id:
        return Edit(Place(CONFIG_FILE, ("waive",)), "add", entry)
    return Edit(Place(about.path, (*about.route, "waive")), "add", entry)


def _accepted_by(after: Run, before: Run, wish: _Wish) -> int:
    """How many findings a waiver accepts, as a check tells. Raises UsageError where that is none, or too many."""
    was = [each for each in before.waived if each.rule == wish.rule and not _is_of_before(each)]
    waived = [each for each in after.waived if each.rule == wish.rule and not _is_of_before(each)]
    known = {each.fingerprint for each in was}
    fresh = [each for each in waived if each.fingerprint not in known]
    where = wish.about.label if wish.about is not None else "what is no declaration"
    if not fresh:
        raise UsageError(
            f"`{wish.rule}` says nothing of {where} that a waiver there could accept{_instead(before, wish)}"
        )
    if wish.about is None and (others := _ids(fresh)):
        raise UsageError(f"`{wish.rule}` also speaks of {others}, and would be accepted for all; name what is meant")
    # Where the last of a kind is accepted, another one that was speaks for the kind now, and so has a new fingerprint.
    return sum(each.times for each in waived) - sum(each.times for each in was)


def _ids(findings: Iterable[Finding]) -> str:
    names = list(dict.fromkeys(f"`{each.kind}/{each.id}`" for each in findings if each.id))
    return ", ".join(names[:_MOST_NAMED])


def _show(workspace: Workspace, path: str, old: bytes, new: bytes, dry_run: bool) -> None:
    """Show the lines that are new, and where they stand."""
    from difflib import SequenceMatcher

    lines, after = (read(path, raw).text.split("\n") for raw in (old, new))
    changes = SequenceMatcher(None, lines, after, autojunk=False).get_opcodes()
    first, last = next((start, end) for what, _, _, start, end in changes if what in ("insert", "replace"))
    would = "would stand at " if dry_run else ""
    shown = "".join(f"{visible(line)}\n" for line in after[first:last])
    say(f"{would}{visible(workspace.shown(path))}:{first + 1}\n{shown}")
