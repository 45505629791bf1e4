"""The command line as a process among others: pipes, signals, terminals, locales, and how Python was started."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, Ended, call, coordlint, environment, organisation, running, write

COMMAND = f"{shlex.quote(sys.executable)} -m coordlint"
MANY = "roles:\n" + "".join(f"  r{number}: {{reports_to: nobody-{number}}}\n" for number in range(1500))
HELD = """
import sys, time, types
from coordlint import __main__
from coordlint.{module} import {name} as held
def wait(*_, **__):
    print("ready", flush=True)
    time.sleep(60)
held.{method} = wait
sys.argv = ["coordlint", *sys.argv[1:]]
__main__.main()
"""


def shell(line: str, cwd: Path, **changes: str | None) -> Ended:
    ended = subprocess.run(
        ["bash", "-c", line], cwd=cwd, env=environment(**changes), capture_output=True, text=True, timeout=60
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More findings than any pipe holds."""
    return organisation(tmp_path_factory.mktemp("many"), {"roles.yaml": MANY})


@pytest.fixture(scope="module")
def unicode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organisation whose files, names and findings need more than ASCII."""
    text = "roles:\n  leitung:\n    name: Prüfstelle 検査 🌱\n    held_by: ext/irgendwer\n    purpose: Prüft Maße.\n"
    return organisation(tmp_path_factory.mktemp("unicode"), {"prüfung-検査.yaml": text + "    reports_to: niemand\n"})


# Pipes.


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl"])
def test_a_closed_pipe_is_quiet_and_keeps_the_exit_code(many: Path, form: str):
    ended = shell(f"{COMMAND} check --format {form} --max-findings 0 | head -n 1; echo ${{PIPESTATUS[0]}}", many)
    line, code = ended.out.splitlines()
    assert line
    assert (code, ended.err) == ("1", "")


@pytest.mark.parametrize("words", ["schema", "rules", "explain reference/unresolved", "--help", "check --help"])
def test_a_pipe_that_is_closed_from_the_start_is_no_failure(tmp_path: Path, words: str):
    ended = shell(f"{COMMAND} {words} | true; echo ${{PIPESTATUS[0]}}", tmp_path)
    assert (ended.out, ended.err) == ("0\n", "")


def test_streams_that_are_closed_are_no_failure(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    assert shell(f"{COMMAND} check >&-", tmp_path) == (1, "", "", 0, 0)
    # With stderr closed, what belongs there must not end up among what machines read.
    (tmp_path / "link.yaml").symlink_to("roles.yaml")
    ended = shell(f"{COMMAND} check --format json 2>&-", tmp_path)
    assert ended.code == 1
    assert json.loads(ended.out)["summary"]["error"] == 1
    assert shell(f"{COMMAND} check nowhere >&- 2>&-", tmp_path).code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", ["check", "check --format json", "render --into out", "schema", "rules"])
def test_a_full_disk_is_told(tmp_path: Path, words: str):
    organisation(tmp_path)
    ended = shell(f"{COMMAND} {words} > /dev/full", tmp_path)
    assert (ended.code, ended.err) == (2, "coordlint: the output cannot be written: No space left on device\n")


def test_nothing_is_asked_of_stdin(tmp_path: Path):
    organisation(tmp_path)
    assert shell(f"{COMMAND} check <&-", tmp_path).code == 0


# Signals.


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (("workspace", "Workspace", "run"), ("check",)),
        (("workspace", "Workspace", "_shape"), ("check", "--output", "json=a.json")),
        (("workspace", "Workspace", "run"), ("render", "--into", "out")),
    ],
)
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_at_once_and_quietly(
    tmp_path: Path, held: tuple[str, str, str], words: tuple[str, ...], sent: signal.Signals, code: int
):
    organisation(tmp_path)
    module, name, method = held
    with running(HELD.format(module=module, name=name, method=method), *words, cwd=tmp_path) as process:
        process.send_signal(sent)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (code, b"", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coordlint.yaml", "roles.yaml"]


def test_a_signal_while_a_file_is_written_leaves_the_old_one(tmp_path: Path):
    script = """
import os, sys, time
from coordlint import __main__
def wait(*_, **__):
    print("ready", flush=True)
    time.sleep(60)
os.fsync = wait
sys.argv = ["coordlint", *sys.argv[1:]]
__main__.main()
"""
    organisation(tmp_path)
    write(tmp_path, {"a.json": "old"})
    with running(script, "check", "--output", "json=a.json", cwd=tmp_path) as process:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode == 143
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if "json" in path.name} == {"a.json": "old"}
    assert len(list(tmp_path.iterdir())) == 3


# Terminals and colour.


def on_a_terminal(*words: str, cwd: Path, columns: int = 80, **changes: str | None) -> str:
    """What a terminal of so many columns gets to show."""
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "coordlint", *words],
        cwd=cwd,
        env=environment(**changes),
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        ready, _, _ = select.select([leader], [], [], 1)
        try:
            piece = os.read(leader, 65536) if ready else b""
        except OSError:
            break  # the other end is closed
        if ready and not piece:
            break
        shown += piece
    os.close(leader)
    process.wait(30)
    return shown.decode()


def test_colour_is_for_terminals_and_for_who_asks(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    plain = call("check", *DAY, cwd=tmp_path).out
    assert "\x1b" not in plain
    assert "\x1b[" in call("check", *DAY, cwd=tmp_path, FORCE_COLOR="1").out
    assert call("check", *DAY, cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="1").out == plain
    assert call("check", *DAY, cwd=tmp_path, FORCE_COLOR="", NO_COLOR="").out == plain
    for form in ("json", "jsonl"):
        assert "\x1b" not in call("check", "--format", form, *DAY, cwd=tmp_path, FORCE_COLOR="1").out
    assert "\x1b[1;31m" in on_a_terminal("check", cwd=tmp_path)
    assert "\x1b" not in on_a_terminal("check", cwd=tmp_path, NO_COLOR="1")


def test_no_file_that_is_written_besides_is_coloured(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    call("check", "--output", "text=a.txt", *DAY, cwd=tmp_path, FORCE_COLOR="1")
    assert "\x1b" not in (tmp_path / "a.txt").read_text()


@pytest.mark.parametrize("columns", [1, 20, 60, 200])
def test_lines_keep_to_the_width_that_there_is(tmp_path: Path, columns: int):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    asked = call("check", *DAY, cwd=tmp_path, COLUMNS=str(columns)).out
    lines = asked.splitlines()
    assert max(map(len, lines)) <= max(columns, 40)
    if columns == 60:
        shown = on_a_terminal("check", *DAY, cwd=tmp_path, columns=columns, NO_COLOR="1")
        assert shown.replace("\r\n", "\n") == asked


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide", "1e3"])
def test_a_width_that_is_none_is_no_failure(tmp_path: Path, columns: str):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    assert call("check", *DAY, cwd=tmp_path, COLUMNS=columns).code == 1


# Locales, environments and how Python was started.


@pytest.mark.parametrize(
    "changes",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1:strict"},
        {"LC_ALL": "no_SUCH.locale"},
    ],
    ids=str,
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_texts_are_utf8_whatever_the_locale_says(unicode: Path, changes: dict[str, str], form: str):
    here = call("check", "--format", form, *DAY, cwd=unicode)
    ended = coordlint("check", "--format", form, *DAY, cwd=unicode, **changes)
    if changes.get("PYTHONUTF8") == "0":
        # Python itself cannot read the file's name then; it is spelt out.
        pattern = r"(\\+udc[0-9a-f]{2})+"
        name = "pr\u00fcfung-\u691c\u67fb" if form == "text" else r"pr\u00fcfung-\u691c\u67fb"
        spelt = re.sub(rf"pr{pattern}fung-{pattern}", lambda _: name, ended.out)
        assert (ended.code, ended.err) == (1, "")
        assert ("Prüfstelle" in here.out) == ("Prüfstelle" in spelt)
        assert "niemand" in spelt
    else:
        assert (ended.code, ended.out, ended.err) == (1, here.out, "")


def test_a_file_name_that_is_no_text_is_shown_spelt_out(tmp_path: Path):
    organisation(tmp_path)
    (tmp_path / os.fsdecode(b"bad-\xff\n\x1b[31m.yaml")).write_text(BROKEN)
    for form in ("text", "concise", "json", "jsonl"):
        ended = coordlint("check", "--format", form, *DAY, cwd=tmp_path)
        assert ended.code == 1
        assert "udcff" in ended.out
        assert "\x1b" not in ended.out
        assert "bad-" in ended.out
    listed = call("check", "--show-files", cwd=tmp_path).out
    assert listed.splitlines()[1] == "bad-\\udcff\\u000a\\u001b[31m.yaml"


def test_nothing_of_the_environment_is_needed(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    bare = {name: None for name in os.environ if name != "PYTHONPATH"}
    ended = coordlint("check", *DAY, cwd=tmp_path, **bare)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out == call("check", *DAY, cwd=tmp_path).out


@pytest.mark.parametrize(
    "flags", [("-O",), ("-OO",), ("-W", "error"), ("-X", "dev", "-W", "error"), ("-B", "-s")], ids=str
)
def test_it_works_however_python_is_started(tmp_path: Path, flags: tuple[str, ...]):
    organisation(tmp_path, {"roles.yaml": BROKEN, "clean.yaml": CLEAN, "bad.yaml": "roles: {b: {held_by: 3}}\n"})
    ended = coordlint("check", *DAY, cwd=tmp_path, flags=flags)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out == call("check", *DAY, cwd=tmp_path).out


def test_without_docstrings_explain_says_so(tmp_path: Path):
    ended = coordlint("explain", "meeting/no-purpose", cwd=tmp_path, flags=("-OO",))
    assert ended.code == 0
    assert "Python was started without docstrings (-OO)" in ended.out
    for words in (("rules",), ("--help",), ("check", "--help"), ("schema", "meetings")):
        assert coordlint(*words, cwd=tmp_path, flags=("-OO",)).code == 0


def test_a_working_directory_that_is_gone_is_told(tmp_path: Path):
    ended = shell(f'mkdir gone; cd gone; rmdir "$PWD"; {COMMAND} check', tmp_path)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert ended.err.startswith("coordlint: ")


def test_help_teaches(tmp_path: Path):
    first = call("--help", cwd=tmp_path).out
    for command in ("check", "render", "explain", "rules", "schema", "init", "import"):
        assert re.search(rf"^  {command} ", first, re.MULTILINE)
        ended = call(command, "--help", cwd=tmp_path)
        assert ended.code == 0
        assert f"Usage: coordlint {command} " in ended.out
        assert call(command, "-h", cwd=tmp_path).out == ended.out
    assert "Begin with `coordlint init`" in first
    check = " ".join(call("check", "--help", cwd=tmp_path).out.split())
    assert "Exit code: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the tool could not do" in check
    assert "such as 2026-03-31. Default: SOURCE_DATE_EPOCH, else today" in check
    render = " ".join(call("render", "--help", cwd=tmp_path).out.split())
    assert "Exit code: 0 " in render


def test_no_words_are_answered_with_help(tmp_path: Path):
    ended = coordlint(cwd=tmp_path)
    assert ended.code == 2
    assert "Begin with `coordlint init`" in ended.err


def test_progress_is_for_terminals_alone(many: Path):
    assert call("check", *DAY, cwd=many).err == ""
    assert "reading" not in on_a_terminal("check", cwd=many), "one file takes less than a second"


def test_house_is_found_from_anywhere(tmp_path: Path):
    organisation(tmp_path, {"deep/er/roles.yaml": BROKEN}, HOUSE)
    ended = coordlint("check", "--format", "concise", *DAY, cwd=tmp_path / "deep" / "er")
    assert ended.out.startswith("../../deep/er/roles.yaml:4:17: error[reference/unresolved]")
