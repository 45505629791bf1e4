"""`coordlint signs` as a command line: what its words are, what goes where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pytest
from cli_kit import BROKEN, DAY, HOUSE, call, coordlint, organisation, write

from coordlint.config import CONFIG_FILE
from coordlint.rules import all_rules

TWICE = "decision_rights:\n  price: {question: What does it cost?, decider: [ext/a, ext/b], asynchronous: true}\n"


def test_an_answer_is_no_failure(tmp_path: Path) -> None:
    """What is an error for a check is an answer here, and a question that was answered ends well."""
    organisation(tmp_path, {"decisions.yaml": TWICE, "roles.yaml": BROKEN})
    assert call("check", *DAY, cwd=tmp_path).code == 1
    ended = call("signs", *DAY, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "\n  decision right `price`\n" in ended.out


def test_it_looks_around_and_below(tmp_path: Path) -> None:
    organisation(tmp_path / "org")
    (tmp_path / "org" / "deeper").mkdir()
    answers = [
        call("signs", *words, *DAY, cwd=tmp_path / here)
        for here, words in (("", ()), ("", ("org",)), ("org/deeper", ()))
    ]
    assert {(ended.code, ended.out) for ended in answers} == {(0, answers[0].out)}
    assert answers[0].out.startswith("Test on 2026-06-15\n\nDecisions made twice: no evidence declared: ")


def test_without_options_it_speaks_of_today(tmp_path: Path) -> None:
    organisation(tmp_path)
    assert call("signs", cwd=tmp_path, SOURCE_DATE_EPOCH="86400").out.startswith("Test on 1970-01-02\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "html"), "coordlint: no format is called `html`; there are text, json, markdown\n"),
        (("--as-of", "someday"), "coordlint: --as-of: "),
        (("--preset", "lax"), "coordlint: --preset: no preset is called `lax`; "),
        (("nowhere",), "coordlint: there is no file or folder `nowhere`\n"),
        (("--max-findings", "-1"), "Usage: coordlint signs "),
    ],
)
def test_a_slip_in_the_call_is_one_sentence(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    organisation(tmp_path)
    ended = call("signs", *words, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(said)


def test_of_several_organisations_one_must_be_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        organisation(tmp_path / name)
    ended = call("signs", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == ("coordlint: 2 organisations lie below `.`: `./one`, `./two`; name the one that is meant\n")
    assert call("signs", "two", *DAY, cwd=tmp_path).code == 0


def test_where_there_is_none_it_says_how_to_begin(tmp_path: Path) -> None:
    ended = call("signs", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "`coordlint init` makes one" in ended.err


def test_a_setting_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    organisation(tmp_path, house=f"{HOUSE}rules: {{decision/no-such-rule: off}}\n")
    ended = call("signs", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1


def test_json_goes_to_stdout_alone(tmp_path: Path) -> None:
    organisation(tmp_path, {"decisions.yaml": TWICE, "broken.yaml": "meetings: [\n"})
    ended = call("signs", "--format", "json", *DAY, cwd=tmp_path)
    assert ended.code == 0
    read = json.loads(ended.out)
    assert [sign["state"] for sign in read["signs"]] == ["found", *["not-judged"] * 5]
    assert ended.err == "".join(f"note: {note}\n" for note in read["notes"])
    assert read["notes"]


def test_links_of_the_note_begin_at_the_top_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    organisation(tmp_path / "how" / "org", {"decisions.yaml": TWICE})
    here = call("signs", "--format", "markdown", *DAY, cwd=tmp_path / "how" / "org").out
    assert "](how/org/decisions.yaml#L2)" in here
    assert here == call("signs", "--format", "markdown", *DAY, cwd=tmp_path).out


def test_as_many_are_shown_as_asked_for(tmp_path: Path) -> None:
    rights = "".join(TWICE.splitlines(True)[1].replace("price", f"price-{number}") for number in range(30))
    organisation(tmp_path, {"decisions.yaml": "decision_rights:\n" + rights})
    asked = ((), ("--max-findings", "7"), ("--max-findings", "0"))
    shown = [call("signs", *words, *DAY, cwd=tmp_path).out.count(" decision/") for words in asked]
    # Each right has two deciders; that none has a record, and that all of them ask the same, is said once.
    assert shown == [20, 7, 30 + 1 + 1]


def test_a_rule_that_crashes_is_work_that_was_not_done(tmp_path: Path) -> None:
    def crash(*_: object) -> None:
        raise ValueError("on purpose")

    every = tuple(each._replace(check=crash) if each.name == "decision/no-venue" else each for each in all_rules())
    organisation(tmp_path, {"decisions.yaml": TWICE}, HOUSE.replace("correctness", "recommended"))
    with mock.patch("coordlint.config.all_rules", return_value=every):
        ended = call("signs", *DAY, cwd=tmp_path)
    assert ended.code == 2
    assert "decision right `price`" in ended.out


def test_a_file_that_cannot_be_opened_is_work_that_was_not_done(tmp_path: Path) -> None:
    organisation(tmp_path, {"decisions.yaml": TWICE})

    def refuse(_: object, path: str) -> bytes:
        if path == CONFIG_FILE:
            return HOUSE.encode()
        raise PermissionError(13, "Permission denied")

    with mock.patch("coordlint.workspace.Workspace._bytes", refuse):
        ended = call("signs", *DAY, cwd=tmp_path)
    assert ended.code == 2
    assert "not judged: only " in ended.out


def test_twice_is_the_same_to_the_last_byte(tmp_path: Path) -> None:
    organisation(tmp_path, {"decisions.yaml": TWICE, "roles.yaml": BROKEN})
    for form in ("text", "json", "markdown"):
        runs = {coordlint("signs", "--format", form, *DAY, cwd=tmp_path, PYTHONHASHSEED=seed).out for seed in "12"}
        assert len(runs) == 1


def test_the_help_says_how_it_ends(tmp_path: Path) -> None:
    said = " ".join(call("signs", "--help", cwd=tmp_path).out.split())
    assert "0 whatever the answers are" in said
    assert "markdown" in said


def test_the_schema_is_published_whole(tmp_path: Path) -> None:
    write(tmp_path, {})
    schema = json.loads(call("schema", "signs", cwd=tmp_path).out)
    assert schema["$id"] == "signs.schema.json"
    assert "report" in schema["$defs"]
