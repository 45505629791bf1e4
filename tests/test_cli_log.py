"""`coordlint log`: one more entry in the right file and nothing else changed, or nothing written at all."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from cli_kit import DAY, call, environment, organisation, report, write
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schema_kit import core, schemas
from typer.main import get_command

from coordlint.cli.log import app
from coordlint.document import read

DECLARED = """\
roles:
  cfo: {}
  cpo: {}
meetings:
  launch-weekly: {cadence: as needed}
decision_rights:
  discount: {question: May we?, decider: cfo, inputs: {percent: {number: any}}}
handoffs:
  launch-kit: {from: cpo, to: cfo, delivers: Kit of the launch}
escalations:
  stuck: {for: discount, steps: [{to: cfo}, {to: cpo}]}
initiatives:
  fleet-3: {accountable: cpo, plans: launch-plan}
records:
  launch-plan: {keeps: What we launch.}
"""
HELD = "{held: launch-weekly, date: 2026-01-05}"
COMMON = {"file", "org", "as_of", "dry_run", "help"}
SORTS: Mapping[str, Any] = schemas()["log"]["dependentSchemas"]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def logged(folder: Path, *words: str) -> str:
    """What `log` says, once it has done its work."""
    ended = call("log", *words, *DAY, cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def refused(folder: Path, *words: str) -> str:
    """The one sentence of a `log` that did nothing."""
    before = files_of(folder)
    ended = call("log", *words, *DAY, cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert files_of(folder) == before
    assert ended.err.startswith("coordlint: ")
    assert ended.err.count("\n") == 1
    return ended.err.removeprefix("coordlint: ").rstrip("\n")


# What can be said.


def test_there_is_a_command_for_each_sort_of_entry() -> None:
    assert list(get_command(app).commands) == list(SORTS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("sort", SORTS)
def test_every_field_of_the_format_can_be_given(sort: str) -> None:
    command = get_command(app).commands[sort]  # type: ignore[attr-defined]
    argument, *options = command.params
    fields = list(SORTS[sort]["properties"])
    assert argument.required
    assert fields[0] == sort, "what happened is the argument"
    own = [option for option in options if option.opts[0] not in {f"--{name.replace('_', '-')}" for name in COMMON}]
    assert [option.opts for option in own] == [[f"--{field.replace('_', '-')}"] for field in fields[1:]]
    assert all(not option.required and option.help.endswith((".", "Needed.")) for option in own)
    examples = {field: schemas()["log"]["properties"][field]["description"] for field in fields[1:]}
    for option, field in zip(own, fields[1:], strict=True):
        shown = re.sub(r".* Example: ", "", examples[field]).rstrip(".")
        if "Example" in examples[field] and field not in ("date", "given"):
            assert shown in option.help, f"the example of `{field}` is that of the schema"


@pytest.mark.parametrize("sort", SORTS)
def test_the_example_of_the_help_works_as_it_stands(sort: str, tmp_path: Path) -> None:
    shown = call("log", sort, "--help", cwd=tmp_path).out
    line = re.search(r"  (coordlint log .*?)\n\n", shown, re.DOTALL)
    assert line is not None
    words = shlex.split(line[1].replace("\\\n", " "))
    declared = DECLARED.replace("stuck:", "deal-escalation:").replace("  cpo: {}", "  cpo: {}\n  chief-of-staff: {}")
    declared = declared.replace("meetings:", "meetings:\n  regional-sync: {cadence: as needed}")
    declared = declared.replace("{number: any}", "{number: any}, region: {one_of: [emea]}")
    declared += "forums: {deal-desk: {}}\n"
    organisation(tmp_path, {"all.yaml": declared})
    ended = call(*words[1:], "--as-of", "2026-12-31", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.replace("{", "").startswith(f"log.yaml:2\n  - {sort}: ")


def test_the_help_teaches(tmp_path: Path) -> None:
    said = call("log", "--help", cwd=tmp_path).out
    assert [line.split()[0] for line in said.partition("Commands:\n")[2].splitlines()] == list(SORTS)
    assert said.count("  coordlint log ") == 3


def test_one_command_loads_no_other(tmp_path: Path) -> None:
    script = (
        "import sys; from coordlint.cli.app import _app; _app(['rules']); sys.exit('coordlint.cli.log' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], env=environment(), cwd=tmp_path).returncode == 0


# Where it goes.


def test_the_first_entry_begins_a_log(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED})
    said = logged(tmp_path, "held", "launch-weekly", "--attended", "7")
    line = "  - {held: launch-weekly, date: 2026-06-15, attended: 7}\n"
    assert said == f"log.yaml:2\n{line}"
    assert (tmp_path / "log.yaml").read_text() == f"log:\n{line}"
    assert logged(tmp_path, "updated", "launch-plan", "--date", "2026-03-03") == (
        "log.yaml:3\n  - {updated: launch-plan, date: 2026-03-03}\n"
    )
    assert not judged(tmp_path)


def test_it_goes_to_the_log_that_is_newest_and_another_may_be_named(tmp_path: Path) -> None:
    newer = HELD.replace("-01-", "-02-")
    organisation(tmp_path, {"all.yaml": DECLARED, "a.yaml": f"log: [{HELD}]\n", "b/c.yaml": f"log:\n- {newer}\n"})
    assert logged(tmp_path, "updated", "launch-plan").startswith("b/c.yaml:3\n")
    assert logged(tmp_path / "b", "updated", "launch-plan", "--file", "../a.yaml", "--date", "2026-01-01") == (
        "../a.yaml:1\nlog: [{held: launch-weekly, date: 2026-01-05}, {updated: launch-plan, date: 2026-01-01}]\n"
    )
    assert logged(tmp_path, "returned", "launch-kit", "--file", "b/new.yml") == (
        "b/new.yml:2\n  - {returned: launch-kit, date: 2026-06-15}\n"
    )
    assert logged(tmp_path, "held", "launch-weekly", "--file", str(tmp_path / "all.yaml")).startswith("all.yaml:17\n")
    assert not judged(tmp_path)


def test_what_an_import_wrote_stays_its_own(tmp_path: Path) -> None:
    """It brings up to date only what nobody has added to."""
    organisation(tmp_path / "org", {"all.yaml": DECLARED})
    write(tmp_path, {"held.csv": "meeting,date\nlaunch-weekly,2026-03-03\n"})
    ended = call("import", "csv", "held.csv", "--what", "log", "--into", "org", cwd=tmp_path)
    assert ended.code == 0, ended.err
    written = tmp_path / "org" / "log.yaml"
    assert "launch-weekly" in written.read_text()
    assert logged(tmp_path, "updated", "launch-plan").startswith("org/log-by-hand.yaml:2\n")
    assert logged(tmp_path, "held", "launch-weekly").startswith("org/log-by-hand.yaml:3\n")
    assert logged(tmp_path, "returned", "launch-kit", "--file", str(written)).startswith("org/log.yaml:")


def test_the_organisation_may_be_elsewhere(tmp_path: Path) -> None:
    organisation(tmp_path / "org", {"all.yaml": DECLARED})
    assert logged(tmp_path, "updated", "launch-plan", "--org", "org").startswith("org/log.yaml:2\n")
    organisation(tmp_path / "other")
    assert "2 organisations lie below `.`" in refused(tmp_path, "updated", "launch-plan")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED})
    before = files_of(tmp_path)
    assert logged(tmp_path, "updated", "launch-plan", "--dry-run") == (
        "would stand at log.yaml:2\n  - {updated: launch-plan, date: 2026-06-15}\n"
    )
    assert files_of(tmp_path) == before


def test_the_same_is_not_said_twice(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "log.yaml": f"# Ours\n\nlog:\n  - {HELD}\n"})
    before = files_of(tmp_path)
    said = logged(tmp_path, "held", "launch-weekly", "--date", "2026-01-05")
    assert said == "log.yaml:4 says so already; nothing was written\n"
    assert files_of(tmp_path) == before


def test_the_day_is_that_of_the_organisation(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED})
    assert "2026-05-04" in call("log", "updated", "launch-plan", cwd=tmp_path, SOURCE_DATE_EPOCH="1777900000").out
    ended = call("log", "updated", "launch-plan", "--as-of", "tomorrow", cwd=tmp_path)
    assert (ended.code, ended.err) == (
        2,
        "coordlint: --as-of: `tomorrow` is no day; write year, month and day, such as 2026-03-31\n",
    )


def test_what_is_in_doubt_is_a_note(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED})
    ended = call("log", "decided", "discount", "--supersedes", "D-1", *DAY, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "note: no decision of the log has the id `D-1`\n")


def test_long_words_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "log.yaml": f"log:\n  - {HELD}\n"})
    what = "We give " + "a little more, " * 12 + "and no more.\n\nIt's final: \u202e yes # no"
    said = logged(tmp_path, "decided", "discount", "--what", what, "--id", "no", "--given", "percent=1")
    (entry,) = core((tmp_path / "log.yaml").read_text())["log"][1:]
    assert entry == {"decided": "discount", "id": "no", "what": what, "given": {"percent": 1}, "date": "2026-06-15"}
    assert said == "log.yaml:3\n" + (tmp_path / "log.yaml").read_text().partition("\n")[2].partition("\n")[2]
    assert not judged(tmp_path)


# What is refused.


def test_bad_calls_change_nothing(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED})
    for words, says in (
        (("held", "launch-wekly"), "no meeting is called `launch-wekly`; did you mean `launch-weekly`?"),
        (("held", "launch-plan"), "`launch-plan` is a record; name a meeting"),
        (("held", "launch-weekly", "--date", "2026-02-30"), "--date: `2026-02-30` is no day"),
        (("held", "launch-weekly", "--date", "2026-06-16"), "--date: 2026-06-16 lies ahead of 2026-06-15"),
        (("escalated", "stuck"), "--opened is missing: say when it began, such as 2026-03-31T14:05"),
        (("decided", "discount", "--given", "percent=lots"), "--given: `percent`: `lots` is no number"),
    ):
        assert refused(tmp_path, *words).startswith(says)
    for words in (("hold", "launch-weekly"), ("held",), ("held", "a", "b"), ("held", "a", "--nonsense")):
        ended = call("log", *words, cwd=tmp_path)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith("Usage: coordlint log")


def test_without_an_organisation_nothing_is_written(tmp_path: Path) -> None:
    assert "no coordlint.yaml here, nor above or below; `coordlint init`" in refused(tmp_path, "held", "launch-weekly")


@pytest.mark.parametrize("text", ["log: [\n", "log: &a []\nx: *a\n"])
def test_no_second_log_begins_beside_one_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "notes.yaml": text})
    said = refused(tmp_path, "held", "launch-weekly")
    assert said.startswith("notes.yaml")
    assert refused(tmp_path, "held", "launch-weekly", "--file", "notes.yaml")


@pytest.mark.parametrize("text", ["log: {a: b}\n", "log: what happened\n", "- a\n", "a\n"])
def test_what_is_no_log_is_left_alone(tmp_path: Path, text: str) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "log.yaml": text})
    assert refused(tmp_path, "held", "launch-weekly").startswith("log.yaml: the entry cannot be added: ")


def test_a_file_that_is_not_read_is_not_written(tmp_path: Path) -> None:
    files = {"all.yaml": DECLARED, "old/a.yaml": "", "inner/coordlint.yaml": "", "notes.txt": "", "there/a.md": ""}
    house = 'organisation: Test\nedition: "2026"\nexclude: old\n'
    root = organisation(tmp_path / "org", files, house)
    (root / "link.yaml").symlink_to("all.yaml")
    (root / "linked").symlink_to("there")
    (root / "folder.yaml").mkdir()
    (root / ".hidden").mkdir()
    unread = ("old/a.yaml", "old/new.yaml", "inner/new.yaml", "link.yaml", "folder.yaml", ".hidden/a.yaml", ".a.yaml")
    for file in (*unread, "linked/../.a.yaml"):
        said = refused(root, "held", "launch-weekly", "--file", file)
        assert "is not among the files that are read; `coordlint check --show-files` lists those" in said, file
    (root / "a-file").write_text("")
    assert "`./a-file` cannot be made" in refused(root, "held", "launch-weekly", "--file", "a-file/a.yaml")
    assert "lies outside of the organisation" in refused(root, "held", "launch-weekly", "--file", "../a.yaml")
    for file in ("notes.txt", "coordlint.yaml", "", "/"):
        assert refused(root, "held", "launch-weekly", "--file", file or "x/")


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    root = organisation(tmp_path, {"all.yaml": DECLARED})
    words = ("held", "launch-weekly", "--file", "log/old/2027.yaml")
    logged(root, *words, "--dry-run")
    assert not (root / "log").exists()
    assert logged(root, *words).startswith("log/old/2027.yaml:2\n")
    assert "log/old/2027.yaml" in call("check", "--show-files", cwd=root).out


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "sub/log.yaml": f"log: [{HELD}]\n"})
    (tmp_path / "sub" / "log.yaml").chmod(0o444)
    assert refused(tmp_path, "updated", "launch-plan").startswith("sub/log.yaml may not be written; change its perm")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "sub/log.yaml": f"log: [{HELD}]\n"})
    (tmp_path / "sub").chmod(0o555)
    try:
        assert "cannot be written: Permission denied" in refused(tmp_path, "updated", "launch-plan")
    finally:
        (tmp_path / "sub").chmod(0o755)


def test_a_disk_that_is_full_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "log.yaml": f"log: [{HELD}]\n"})

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert "`./log.yaml` cannot be written: No space left on device" in refused(tmp_path, "updated", "launch-plan")


def test_what_somebody_else_has_written_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    organisation(tmp_path, {"all.yaml": DECLARED, "log.yaml": f"log: [{HELD}]\n"})
    from coordlint.cli import noting

    made = noting.entry

    def slow(*words: Any) -> Any:
        write(tmp_path, dict.fromkeys(("log.yaml", "new.yaml"), f"log: [{HELD}, {HELD}]\n"))
        return made(*words)

    monkeypatch.setattr(noting, "entry", slow)
    for words, says in (((), "log.yaml was changed"), (("--file", "new.yaml"), "`new.yaml` is not among the files")):
        ended = call("log", "updated", "launch-plan", *words, *DAY, cwd=tmp_path)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith(f"coordlint: {says}")
        assert (tmp_path / "log.yaml").read_text() == f"log: [{HELD}, {HELD}]\n"
        write(tmp_path, {"log.yaml": f"log: [{HELD}]\n"})
        (tmp_path / "new.yaml").unlink()


# Whatever the file looks like.


class Log(NamedTuple):
    """A file with a log somewhere in it."""

    text: str
    newline: str = "\n"
    mark: bool = False

    @property
    def raw(self) -> bytes:
        return (b"\xef\xbb\xbf" if self.mark else b"") + self.text.replace("\n", self.newline).encode()


ENTRIES = (
    "{held: launch-weekly, date: 2026-01-05}",
    "{held: launch-weekly, date: 2026-02-05, attended: [cfo, cpo]}  # both",
    "held: launch-weekly\n    date: 2026-03-05\n    # Everybody.\n    attended: 7",
    "decided: discount\n    what: >\n      Ten per cent,\n      and no more.\n    date: 2026-03-05\n\n",
    '{cancelled: launch-weekly, date: 2026-04-01,\n     because: "It\'s the fair: # nobody"}',
)
BEFORE = ("", "# What happened.\n", "records:\n  other: {keeps: Words.}\n\n", "---\n", "teams: {}\n---\n")
AFTER = (
    "",
    "\n# The end.\n",
    "records:\n  last: {keeps: Words.}\n",
    "---\nteams:\n  other: {purpose: None.}\n",
    "...\n",
    "\n\n",
)


@st.composite
def drawn(draw: st.DrawFn) -> Log:
    inset = draw(st.sampled_from(["", "  ", "    "]))
    entries = [draw(st.sampled_from(ENTRIES)) for _ in range(draw(st.integers(0, 4)))]
    blank = draw(st.sampled_from(["", "\n", "  # next\n"]))
    listed = f"{blank}".join(f"{inset}- " + each.replace("\n  ", f"\n{inset}").rstrip("\n") + "\n" for each in entries)
    flow = [each.partition("  #")[0].replace("\n    ", " ") for each in entries if each.startswith("{")]
    log = draw(st.sampled_from([f"log:\n{listed}", f"log:  # ours\n{listed}", f"log: [{', '.join(flow)}]\n", ""]))
    text = draw(st.sampled_from(BEFORE)) + log + draw(st.sampled_from(AFTER))
    text = text.rstrip("\n") if draw(st.booleans()) else text
    return Log(text, draw(st.sampled_from(["\n", "\r\n"])), draw(st.booleans()))


WORDS = ("x", "a: b", "no", "# c", "30 %", "it's", '"', "{{", "- a", "é\u200b", "two\nlines", "word " * 30)
SAID = st.one_of(
    st.sampled_from(
        [
            ("held", "launch-weekly", "--attended", "7"),
            ("held", "launch-weekly", "--attended", "cfo,cpo", "--decisions", "discount", "--decisions", "We go: #now"),
            ("escalated", "stuck", "--opened", "2026-03-03T10:00", "--reached", "1"),
            ("updated", "launch-plan"),
            ("reviewed", "role/cfo", "--outcome", "keep", "--by", "ext/Sam Lee"),
        ]
    ),
    st.sampled_from(WORDS).flatmap(
        lambda words: st.sampled_from(
            [
                ("cancelled", "launch-weekly", "--because", words),
                ("decided", "discount", "--what", words, "--given", "percent=2.5"),
                ("returned", "launch-kit", "--reason", words),
                ("slipped", "fleet-3", "--cause", words),
            ]
        )
    ),
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(drawn(), min_size=1, max_size=3), SAID)
@example([Log("log:")], ("updated", "launch-plan"))
@example([Log("log: []  # none\n", "\r\n", True)], ("updated", "launch-plan"))
@example([Log("# nothing yet")], ("updated", "launch-plan"))
def test_nothing_but_the_entry_changes(texts: list[Log], said: tuple[str, ...]) -> None:
    with TemporaryDirectory() as scratch:
        root = organisation(Path(scratch), {"all.yaml": DECLARED})
        write(root, {f"l{number}.yaml": each.raw for number, each in enumerate(texts)})
        before, told = files_of(root), judged(root)
        ended = call("log", *said, *DAY, cwd=root)
        assert (ended.code, ended.err) == (0, ""), (ended, texts)
        after = files_of(root)
        (path,) = [path for path, raw in after.items() if before.get(path) != raw]
        assert path == newest(texts), "it goes to the newest log"
        old, new = before.get(path, b""), after[path]
        assert is_added(old, new), (old, new)
        assert added(read(path, old).data, read(path, new).data)[said[0]] == said[1]
        assert not judged(root) - told
        where, _, shown = ended.out.partition("\n")
        line = int(where.removeprefix(f"{path}:"))
        lines = new.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
        assert said[0] in lines[line - 1]
        assert shown


def newest(texts: list[Log]) -> str:
    """The file where an entry belongs, by its text alone."""
    found = [
        (max(re.findall(r"date: (\S{10})", each.text), default=""), number)
        for number, each in enumerate(texts)
        if "log:" in each.text
    ]
    best = max((day for day, _ in found), default=None)
    return next((f"l{number}.yaml" for day, number in found if day == best), "log.yaml")


def judged(root: Path) -> Counter[tuple[str, str]]:
    """What is wrong with the texts, their shape and their names."""
    families = ("yaml", "shape", "reference")
    selected = [word for family in families for word in ("--select", family)]
    return Counter((each["rule"], each["message"]) for each in report(*selected, cwd=root)["findings"])


def is_added(old: bytes, new: bytes) -> bool:
    """Whether something was put into a file, and nothing taken out of it but the brackets of an empty list."""
    for kept in (old, old.replace(b" []", b""), old.replace(b"[]", b"")):
        same = (one == other for one, other in zip(kept, new, strict=False))
        start = next((at for at, is_same in enumerate(same) if not is_same), len(kept))
        if new.endswith(kept[start:]) and len(new) > len(kept):
            return True
    return False


def added(old: list[Any], new: list[Any]) -> dict[str, Any]:
    """The one entry that the data has more than before."""
    extra: list[dict[str, Any]] = []
    if not old:
        old = [{}]
    assert len(old) == len(new)
    for one, other in zip(old, new, strict=True):
        assert isinstance(one, dict)
        assert isinstance(other, dict)
        assert {**one, "log": None} == {**other, "log": None} or ("log" not in one and one == other)
        entries = (one.get("log") or []), (other.get("log") or [])
        assert entries[1][: len(entries[0])] == entries[0]
        extra += entries[1][len(entries[0]) :]
    (entry,) = extra
    return entry
