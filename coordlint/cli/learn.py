"""`coordlint explain`, `rules` and `schema`: what there is to know, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coordlint.cli.check import Plugins
from coordlint.cli.checking import rules_of
from coordlint.cli.organisation import organisation
from coordlint.cli.streams import say, tell
from coordlint.config import HOUSE, of_a_plugin
from coordlint.finding import UsageError
from coordlint.nearest import nearest
from coordlint.readers import COLLECTIONS
from coordlint.report.screen import shown as visible
from coordlint.rule import Rule
from coordlint.rules import NEXT, all_rules, renamed
from coordlint.shape.schemas import schema as load
from coordlint.shape.schemas import schema_folder
from coordlint.workspace import Workspace, around, prefix_of, roots

if TYPE_CHECKING:
    from coordlint.report.rule_pages import Said

SCHEMAS = ("declarations", "coordlint", "report", "signs", *COLLECTIONS)


Around = Annotated[
    str, typer.Option("--org", metavar="DIR", help="The organisation whose house rules are meant. Default: here.")
]


def explain(
    name: Annotated[str, typer.Argument(metavar="RULE", help="A rule's name, as a finding shows it.")],
    org: Around = "",
    plugins: Plugins = None,
) -> int:
    """Say what a rule asks for, why, and what to do about it, with an example of each kind.

    A house rule, `house/ID`, is explained inside the organisation that declares it, or with --org.
    """
    from coordlint.report.rule_pages import page

    known = (*all_rules(), *rules_of(plugins or ()))
    if name.partition("/")[0] == HOUSE:
        known += tuple(rule for workspace in _organisations(org) for rule in _house_rules(workspace))
    rules = {rule.name: rule for rule in known}
    today = renamed(rules.values())
    found = rules.get(today.get(name, name))
    if found is None:
        advice = "`coordlint rules` lists them" + of_a_plugin(name, rules)
        raise UsageError(f"no rule is called `{name}`{_likely(name, rules) or ';'} {advice}")
    if name in today:
        tell(f"note: `{name}` is now called `{found.name}`; both names work")
    say(page(found, said_by(found)))
    return 0


def said_by(rule: Rule) -> Said | None:
    """What a rule says of the bad example on its page."""
    from coordlint.report.rule_pages import Said
    from coordlint.testing import said_of_bad

    finding = said_of_bad(rule)
    return Said(finding.message, finding.tip) if finding else None


def _likely(name: str, rules: Mapping[str, Rule]) -> str:
    """The rules that were probably meant: those of a family, those of that name in any family, or the nearest one."""
    meant = [rule.name for rule in rules.values() if name in (rule.family, rule.name.partition("/")[2])]
    if not meant:
        return _meant(name, rules)
    more = " or another one" if meant[3:] else ""
    return f"; did you mean {', '.join(f'`{each}`' for each in meant[:3])}{more}?"


def _organisations(folder: str) -> list[Workspace]:
    """The one that is named; else the one around, or each below."""
    if folder:
        return [organisation(folder)]
    try:
        return [Workspace(root, prefix_of(root)) for root, _ in roots(())]
    except UsageError as error:
        said = "house rules stand in coordlint.yaml: ask inside the organisation, or name it with `--org DIR`"
        raise UsageError(said) from error


def _house_rules(workspace: Workspace) -> list[Rule]:
    return [rule for rule in workspace.settings().known if rule.family == HOUSE]


def _house_rules_around(folder: str) -> list[Rule]:
    """The house rules of an organisation, or of the one around; that one may be broken, for others are listed too."""
    root = around(".")
    if folder or root is None:
        return _house_rules(organisation(folder)) if folder else []
    try:
        return _house_rules(Workspace(root, prefix_of(root)))
    except UsageError as error:
        tell(f"note: house rules are left out: {error}")
        return []


def rules(
    into: Annotated[str, typer.Option("--into", metavar="DIR", help="Write a page a rule, in Markdown, here.")] = "",
    org: Around = "",
    plugins: Plugins = None,
) -> int:
    """List every rule with its severity, the preset it belongs to, and what it asks for.

    Inside an organisation its house rules are listed too; their pages are written where --org names it.
    """
    every = (*all_rules(), *rules_of(plugins or ()))
    if into:
        from coordlint.cli.folder import write_folder
        from coordlint.report.rule_pages import pages

        every += tuple(_house_rules(organisation(org)) if org else ())
        said = {rule.name: found for rule in every if (found := said_by(rule))}
        written = write_folder(into, pages(every, said), source_root="")
        say(f"{written.written} pages written, {written.unchanged} as they were, {written.removed} removed: {into}\n")
        return 0
    every += tuple(_house_rules_around(org))
    longest = max(len(rule.name) for rule in every)
    for rule in every:
        preview = "(preview) " if rule.since == NEXT else ""
        preset = rule.source if rule.family == HOUSE else rule.preset.word
        say(f"{rule.name:{longest}} {rule.severity.word:8} {preset:12} {preview}{visible(rule.title)}\n")
    return 0


def schema(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="declarations (the default), coordlint, report, signs, or a collection."),
    ] = "declarations",
    into: Annotated[str, typer.Option("--into", metavar="DIR", help="Write every schema here instead.")] = "",
) -> int:
    """Print a JSON Schema whole, for an editor: completion, hover and checks while you type.

    In an editor with a YAML language server, the first line of a file names it:
    `# yaml-language-server: $schema=declarations.schema.json`.
    """
    if into:
        from coordlint.cli.files import write_new

        files = {path.name: path.read_bytes() for path in sorted(schema_folder().glob("*.schema.json"))}
        written = write_new(into, files)
        say(f"{len(written)} schemas written, {len(files) - len(written)} as they were: {into}\n")
        return 0
    if name not in SCHEMAS:
        raise UsageError(f"no schema is called `{name}`{_meant(name, SCHEMAS) or ';'} there are {', '.join(SCHEMAS)}")
    say(bundled(name))
    return 0


def bundled(name: str) -> str:
    """A schema with everything that it refers to in one document, so that a single file is enough."""
    whole = dict(load(name))
    pending, parts = [whole], {}
    while pending:
        for reference in _references(pending.pop()):
            other = reference.partition("#")[0].removesuffix(".schema.json")
            if other != name and other not in parts:
                parts[other] = {key: value for key, value in load(other).items() if key not in ("$schema", "$id")}
                pending.append(parts[other])
    defs = {**whole.get("$defs", {}), **parts}
    text = json.dumps({**whole, "$defs": defs} if defs else whole, indent=2, ensure_ascii=False)
    text = text.replace(f'"{name}.schema.json#/', '"#/')
    for other in parts:
        text = text.replace(f'"{other}.schema.json#/', f'"#/$defs/{other}/')
        text = text.replace(f'"$ref": "{other}.schema.json"', f'"$ref": "#/$defs/{other}"')
    return text + "\n"


def _references(below: Any) -> list[str]:
    found: list[str] = []
    pending = [below]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += each.values()
            if isinstance(each.get("$ref"), str):
                found.append(each["$ref"])
        elif isinstance(each, list):
            pending += each
    return [reference for reference in found if not reference.startswith("#")]


def _meant(name: str, among: Any) -> str:
    near = nearest(name, among)
    return f"; did you mean `{near}`?" if near else ""
