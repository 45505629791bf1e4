"""Plugins: rules that a command line brings along, and nobody else can."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_kit import DAY, REPOSITORY, call, coordlint, environment, report, write
from cli_kit import HOUSE as CORRECT
from cli_kit import organisation as organised

from coordlint.cli.plugins import load
from coordlint.finding import UsageError
from coordlint.plugins import rules_in
from coordlint.rule import Rule
from coordlint.testing import __all__ as public
from coordlint.testing import check, complaints, examples, marks, parse

PLUGIN = REPOSITORY / "examples" / "plugin"
GUIDE = REPOSITORY / "docs" / "plugins.md"
HARBOUR = str(PLUGIN / "harbour.py")
ALONE = "decision_rights:\n  sell: {question: Do we sell?, decider: boss, reversible: false, record: log}\n"
COMPANY = {
    "a.yaml": ALONE
    + "roles: {boss: {held_by: ext/a, purpose: Leads, deputy: ext/b}}\nrecords: {log: {keeps: It, owner: boss}}\n"
}
STARTS = (
    "from coordlint.finding import Problem\nfrom coordlint.model.kinds import Meeting\nfrom coordlint.rule import *\n"
)
HOUSE = CORRECT.replace("correctness", "recommended")
MEETS = {"m.yaml": "meetings:\n  weekly: {cadence: as needed, chair: ext/a}\n"}


def organisation(folder: Path, files: Mapping[str, str] | None = None, house: str = HOUSE) -> None:
    """One that asks for what is recommended, as rules of plugins mostly are."""
    organised(folder, files, house)


def rules_of(text: str, folder: Path, name: str = "own.py") -> tuple[Rule, ...]:
    write(folder, {name: STARTS + text})
    return load([str(folder / name)])


# --- the page of the guide, from the first line to the last ---


def test_the_guide_shows_the_plugin_as_it_is() -> None:
    shown = re.findall(r"^```python\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert shown == [(PLUGIN / name).read_text(encoding="utf-8") for name in ("harbour.py", "test_harbour.py")]


def test_the_guide_names_what_is_public() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in ("check", "complaints", "marks", "parse", "rules_in") if name not in text] == []
    assert {"check", "complaints", "marks", "parse", "rules_in"} <= {*public}


def test_its_own_tests_pass_in_a_folder_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {path.name: path.read_bytes() for path in PLUGIN.glob("*.py")})
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, env=environment())
    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.startswith("...")


def test_its_own_tests_fail_where_the_rule_does_not_do_as_its_page_says(tmp_path: Path) -> None:
    write(tmp_path, {"test_harbour.py": (PLUGIN / "test_harbour.py").read_bytes()})
    write(tmp_path, {"harbour.py": Path(HARBOUR).read_text().replace('right.at("decider")', 'right.at("question")')})
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, env=environment())
    assert ended.returncode == 1
    assert "Bad 1: case.yaml, line 4: harbour/decided-alone says nothing here" in ended.stdout


def test_every_command_of_the_guide_works(tmp_path: Path) -> None:
    organisation(tmp_path, COMPANY)
    write(tmp_path, {"harbour.py": Path(HARBOUR).read_bytes()})
    (block,) = re.findall(r"^```console\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    said = [call(*line.split()[2:], cwd=tmp_path) for line in block.splitlines()]
    assert [(ended.code, ended.err) for ended in said] == [(0, "")] * 3
    assert all("harbour/decided-alone" in ended.out for ended in said)


def test_the_script_runs_it_from_another_folder(tmp_path: Path) -> None:
    organisation(tmp_path / "org", COMPANY)
    script = "import sys; sys.argv[0] = 'coordlint'; from coordlint.__main__ import main; main()"
    path = os.path.relpath(HARBOUR, tmp_path)
    words = [sys.executable, "-P", "-c", script, "check", "org", "--plugins", path, "--format", "concise", *DAY]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, env=environment())
    assert ended.returncode == 0, ended.stderr
    assert "org/a.yaml:2:42: warning[harbour/decided-alone] " in ended.stdout


# --- loading ---


def test_a_module_is_loaded_by_its_name(tmp_path: Path) -> None:
    organisation(tmp_path / "org", COMPANY)
    write(tmp_path / "lib" / "acme", {"__init__.py": "from acme.deals import *\n"})
    write(tmp_path / "lib" / "acme", {"deals.py": Path(HARBOUR).read_bytes()})
    path = os.pathsep.join([str(REPOSITORY), str(tmp_path / "lib")])
    for name in ("acme", "acme.deals"):
        ended = coordlint("check", "--plugins", name, "--format", "concise", cwd=tmp_path / "org", PYTHONPATH=path)
        assert "deals/decided-alone" in ended.out, ended.err
    assert (tmp_path / "lib" / "acme" / "__pycache__").exists() is False, "nothing is written beside it"


def test_rules_of_a_plugin_are_rules_like_others(tmp_path: Path) -> None:
    organisation(tmp_path, COMPANY)
    plugins = ("--plugins", HARBOUR)

    def told(*words: str) -> list[str]:
        return [each["rule"] for each in report(*plugins, *words, cwd=tmp_path)["findings"]]

    assert told() == ["harbour/decided-alone"]
    assert told("--select", "harbour") == ["harbour/decided-alone"]
    assert told("--ignore", "harbour/decided-alone") == []
    assert told("--preset", "correctness") == [], "it is recommended, and no more"
    organisation(tmp_path, COMPANY, HOUSE + "rules: {harbour/decided-alone: error}\n")
    assert told() == ["harbour/decided-alone"]
    organisation(tmp_path, COMPANY, HOUSE + "rules: {harbour/decided-alone: {others: 0}}\n")
    assert told() == []
    waived = COMPANY["a.yaml"].replace("  sell", "  # coordlint: ignore[harbour/decided-alone] we rent\n  sell")
    organisation(tmp_path, {"a.yaml": waived})
    assert told() == []
    assert told("--select", "harbour", "--select", "waiver") == []


def test_each_rule_is_there_once(tmp_path: Path) -> None:
    text = (
        "@rule(INFO)\ndef quiet(org):\n    return ()\nagain = quiet\nfrom coordlint.rules.meeting import no_purpose\n"
    )
    assert [rule.name for rule in rules_of(text, tmp_path)] == ["own/quiet"]
    twice = load([str(tmp_path / "own.py"), str(tmp_path / "own.py")])
    assert [rule.name for rule in twice] == ["own/quiet"]


def test_a_kind_may_be_named_by_its_class_or_in_words(tmp_path: Path) -> None:
    text = "@rule(INFO)\ndef a(org, meeting: Meeting):\n    yield Problem(meeting.at(), 'x')\n"
    text += "@rule(INFO)\ndef b(org, meeting: 'Meeting'):\n    yield Problem(meeting.at(), 'x')\n"
    run = check(parse(MEETS["m.yaml"]), *rules_of(text, tmp_path))
    assert {each.rule for each in run.findings} == {"own/a", "own/b"}


GOOD = "@rule(INFO)\ndef fine(org):\n    return ()\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1\n", "no rule stands in it"),
        ("def no_purpose(org):\n    return ()\n", "no rule stands in it"),
        ("1 / 0\n", "it cannot be loaded: ZeroDivisionError: division by zero (line 4)"),
        ("def broken(:\n", "it cannot be loaded: SyntaxError: invalid syntax (line 4)"),
        ("import nowhere_to_be_found\n", "it cannot be loaded: ModuleNotFoundError: No module named 'nowhere_to"),
        ("from . import other\n", "it cannot be loaded: ModuleNotFoundError"),
        ("raise SystemExit('bye')\n", "it cannot be loaded: SystemExit: bye (line 4)"),
        ("raise ValueError('two\\nlines')\n", "it cannot be loaded: ValueError: two lines"),
        ("@rule(INFO)\ndef a(org, what):\n    return ()\n", "`a`: annotate `what` with the kind that"),
        ("@rule(INFO)\ndef a(org, what: 'Meating'):\n    return ()\n", "annotate `what` with the kind"),
        ("@rule(INFO)\ndef a():\n    return ()\n", "`own/a` looks at nothing"),
        ("@rule('error')\ndef a(org):\n    return ()\n", "severity and preset are those of coordlint.rule"),
        ("@rule(INFO)\ndef a(org, *, names={}):\n    return ()\n", "option `names` must be a number, a text"),
        ("@rule(INFO)\ndef a(org, *, names=()):\n    return ()\n", "option `names` must be a number, a text"),
        ("@rule(INFO)\ndef Loud(org):\n    return ()\n", "`own/Loud` is no name of a rule"),
        ("@rule(INFO, once_a_kind=('agnda', 'x'))\ndef a(org, m: Meeting):\n    return ()\n", "`once_a_kind` is"),
        ("@rule(INFO, once_a_kind=('agenda', '{n}'))\ndef a(org, m: Meeting):\n    return ()\n", "`once_a_kind` is"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_plugin_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    organisation(tmp_path)
    write(tmp_path, {"own.py": STARTS + text})
    ended = call("check", "--plugins", "./own.py", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("coordlint: --plugins ./own.py: ")
    assert says in ended.err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("./nowhere.py", "there is no such file"),
        ("nowhere_to_be_found", "no module of that name is installed here; for a file, write its path, such as"),
        ("nowhere_to_be_found.rules", "no module of that name is installed here"),
        ("./own.txt", "a plugin is a `.py` file, or a module by its name"),
        ("./folder/", "a plugin is a `.py` file, or a module by its name"),
        ("", "this is neither the name of a module nor the path of a `.py` file"),
        ("own rules", "this is neither the name of a module nor the path of a `.py` file"),
        ("json", "no rule stands in it"),
        ("coordlint.rules.meeting", "no rule stands in it"),
        ("./meeting.py", "`meeting` is a family of coordlint's own; call the module otherwise"),
        ("./house.py", "`house` is a family of coordlint's own"),
        ("./waiver.py", "`waiver` is a family of coordlint's own"),
        ("./coordlint.py", "`coordlint` is a family of coordlint's own"),
        ("./Own.py", "`Own/fine` is no name of a rule"),
    ],
)
def test_a_name_that_leads_to_no_plugin_is_one_sentence(tmp_path: Path, name: str, says: str) -> None:
    organisation(tmp_path)
    write(tmp_path, {f"{stem}.py": STARTS + GOOD for stem in ("meeting", "house", "waiver", "coordlint", "Own")})
    write(tmp_path, {"own.txt": STARTS + GOOD, "folder/x.py": ""})
    ended = call("check", "--plugins", name, cwd=tmp_path)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert says in ended.err


def test_two_plugins_of_one_name_cannot_be_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(tmp_path / folder, {"own.py": STARTS + GOOD})
    with pytest.raises(UsageError, match=r"b.own\.py: another plugin has a rule `own/fine`, too"):
        load([str(tmp_path / folder / "own.py") for folder in ("a", "b")])


def test_a_file_hides_no_module_of_its_name(tmp_path: Path) -> None:
    import json

    write(tmp_path, {"json.py": STARTS + GOOD})
    assert [rule.name for rule in load([str(tmp_path / "json.py")])] == ["json/fine"]
    assert sys.modules["json"] is json


def test_what_a_plugin_finds_can_be_accepted_by_a_command(tmp_path: Path) -> None:
    organisation(tmp_path, COMPANY)
    words = ("waive", "harbour/decided-alone", "sell", "--reason", "we rent it back", *DAY)
    refused = call(*words, cwd=tmp_path)
    assert (refused.code, "no rule is called `harbour/decided-alone`" in refused.err) == (2, True)
    assert call(*words, "--plugins", HARBOUR, cwd=tmp_path).code == 0
    assert report("--plugins", HARBOUR, cwd=tmp_path)["findings"] == []


def test_a_baseline_keeps_what_a_plugin_found(tmp_path: Path) -> None:
    organisation(tmp_path, COMPANY)
    plugins = ("--plugins", HARBOUR)
    assert call("baseline", *plugins, *DAY, cwd=tmp_path).code == 0
    written = (tmp_path / "coordlint-baseline.yaml").read_text()
    assert "harbour/decided-alone" in written
    assert report(*plugins, cwd=tmp_path)["findings"] == []
    assert report(cwd=tmp_path)["findings"] == [], "what nobody looked for is not gone"
    for words in ((), ("--prune",)):
        assert call("baseline", *words, *DAY, cwd=tmp_path).code == 0
        assert (tmp_path / "coordlint-baseline.yaml").read_text() == written


def test_what_a_plugin_prints_spoils_no_report(tmp_path: Path) -> None:
    organisation(tmp_path)
    write(tmp_path, {"own.py": f"print('hello')\n{STARTS}{GOOD}"})
    ended = call("check", "--plugins", "own.py", "--format", "jsonl", *DAY, cwd=tmp_path)
    assert (ended.code, ended.out, ended.err) == (0, "", "hello\n")


# --- nobody but the command line turns one on ---


@pytest.mark.parametrize("key", ["plugins", "plugin", "rules", "house_rules", "manual"])
def test_no_configuration_loads_code(tmp_path: Path, key: str) -> None:
    """Whatever a pull request writes into coordlint.yaml, the file beside it is not run."""
    value = {"rules": "{evil/rule: error}", "manual": "{plugins: [evil.py]}"}.get(key, "[evil.py]")
    value = "{own: {for: meetings, plugins: evil.py}}" if key == "house_rules" else value
    trap = "import pathlib\npathlib.Path('sprung').write_text('')\n" + STARTS + GOOD
    organisation(tmp_path, COMPANY | {"evil.py": trap, "coordlint_plugins/evil.py": trap}, f"{HOUSE}{key}: {value}\n")
    for words in (
        ["check"],
        ["render", "--into", "out"],
        ["explain", "evil/rule"],
        ["rules"],
        ["check", "--show-settings"],
    ):
        ended = coordlint(*words, cwd=tmp_path)
        assert ended.code == (0 if words == ["rules"] else 2), ended.err
        assert "Traceback" not in ended.err
    assert not (tmp_path / "sprung").exists()


def test_a_name_of_a_plugin_that_is_not_loaded_is_told_with_the_way_out(tmp_path: Path) -> None:
    organisation(tmp_path, COMPANY, f"{HOUSE}rules: {{harbour/decided-alone: error}}\n")
    assert call("check", "--plugins", HARBOUR, *DAY, cwd=tmp_path).code == 1
    explained = call("explain", "harbour/decided-alone", cwd=tmp_path)
    assert explained.err.endswith("; `coordlint rules` lists them; rules of a plugin are known only with `--plugins`\n")
    ended = call("check", cwd=tmp_path)
    assert ended.code == 2
    assert (
        "names `harbour/decided-alone`, which is no rule; rules of a plugin are known only with `--plugins`"
        in ended.err
    )
    for words in (["render", "--into", "out"], ["signs"]):
        assert call(*words, *DAY, cwd=tmp_path).code == 2
        assert call(*words, "--plugins", HARBOUR, *DAY, cwd=tmp_path).code == 0
    organisation(tmp_path, COMPANY, f"{HOUSE}waive: [{{rule: harbour/decided-alone, reason: it is rented}}]\n")
    ended = call("check", *DAY, cwd=tmp_path)
    assert (ended.code, "note: `harbour/decided-alone` is waived in coordlint.yaml:5" in ended.out) == (0, True)
    assert call("check", "--plugins", HARBOUR, *DAY, cwd=tmp_path).out.endswith("1 waived\n")


# --- a rule that goes wrong ---


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("raise ValueError('no')", "ValueError: no (bad, line 6)"),
        ("yield 'weekly has no purpose'", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem('m.yaml', 'x')", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem(meeting.at(), 3)", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem(meeting.at(), 'x', rule='yaml/syntax')", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem(meeting.at(), 'x', severity='error')", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem(meeting.at(), 'x', ((1, 2),))", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem(meeting.at(), 'x', atoms=((1, [], ''),))", "TypeError: a rule yields a Problem at a Place"),
        ("yield Problem(meeting.at(), 'x', edits=('quote',))", "TypeError: a rule yields a Problem at a Place"),
        ("return 7", "TypeError: 'int' object is not iterable"),
        ("raise SystemExit", "RuntimeError: it wanted to end the program"),
        ("bad_again = lambda: bad_again()\n    bad_again()", "RecursionError"),
    ],
)
def test_a_rule_that_goes_wrong_is_told_as_the_plugins(tmp_path: Path, body: str, says: str) -> None:
    organisation(tmp_path, MEETS)
    write(tmp_path, {"own.py": f"{STARTS}@rule(INFO)\ndef bad(org, meeting: Meeting):\n    {body}\n{GOOD}"})
    ended = call("check", "--plugins", "own.py", "--preset", "strict", *DAY, cwd=tmp_path, COLUMNS="300")
    assert ended.code == 2, ended.err
    assert f"rule `own/bad` crashed here: {says}" in ended.out
    assert "tip: this is a mistake in the plugin own, not in coordlint or your files" in ended.out
    assert "meeting/no-purpose" in ended.out, "all others have run"


def test_a_place_that_is_not_there_does_no_harm(tmp_path: Path) -> None:
    text = (
        "from coordlint.finding import Place\n@rule(INFO)\ndef odd(org):\n"
        "    yield Problem(Place('no-such.yaml', ('a', 3)), 'of a file that is not there')\n"
        "    yield Problem(Place('m.yaml', ('meetings', 'none', 7, 'x')), 'of a part that is not there')\n"
    )
    organisation(tmp_path, MEETS)
    write(tmp_path, {"own.py": STARTS + text})
    for format in ("text", "concise", "json", "jsonl"):
        ended = call("check", "--plugins", "own.py", "--select", "own", "--format", format, *DAY, cwd=tmp_path)
        assert (ended.code, ended.err) == (0, ""), format
        assert "of a file that is not there" in ended.out


# --- the kit ---


def test_complaints_say_what_is_not_as_the_page_shows(tmp_path: Path) -> None:
    page = '"""Meetings are short.\n\n    Bad:\n\n        meetings:\n          a: {cadence: as needed}\n%s\n    """\n'
    head = "@rule(INFO)\ndef long(org, meeting: Meeting):\n    "
    finds = "    if meeting.id != 'b':\n        yield Problem(meeting.at(), 'too long')\n"
    (silent,) = rules_of(f"{head}yield from ()\n", tmp_path)
    assert complaints(silent) == ["its page shows no example below `Bad:`", "its page shows no example below `Good:`"]
    unmarked = page % "\n    Good:\n\n        meetings:\n          a: {cadence: as needed}\n"
    (rule,) = rules_of(f"{head}{unmarked}{finds}", tmp_path)
    assert complaints(rule) == [
        "Bad 1: case.yaml, line 2: own/long says: too long",
        "Bad 1: mark what is wrong with `# expect: own/long`, and no other rule",
        "Good 1: case.yaml, line 2: own/long says: too long",
    ]
    marked = unmarked.replace("needed}", "needed}   # expect: own/long", 1).replace(
        "          a: {cadence: as needed}\n", "          b: {cadence: as needed}\n"
    )
    (rule,) = rules_of(f"{head}{marked}{finds}", tmp_path)
    assert complaints(rule) == []


def test_the_kit_runs_a_plugin_beside_coordlints_own() -> None:
    rules = load([HARBOUR])
    case = parse(ALONE + "# as-of: 2026-03-31\n")
    assert {mark.rule for mark in marks(check(case, *rules))} == {"harbour/decided-alone"}
    assert {"harbour/decided-alone"} < {mark.rule for mark in marks(check(case, plugins=rules))}
    assert marks(check(case, "reference", plugins=rules)) == marks(check(case, "reference"))
    with pytest.raises(UsageError, match="no rule or family is called `harbour`"):
        check(case, "harbour")


def test_rules_in_a_module_know_whose_they_are() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("harbour", HARBOUR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (rule,) = rules_in(module)
    assert (rule.name, rule.source) == ("harbour/decided-alone", "plugin harbour")
    assert examples(rule, "Bad")
    assert complaints(module.decided_alone) == []
