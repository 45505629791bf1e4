"""The reports for programs: valid JSON by the published schema, whatever stands in the files."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import WARNING, at, finding, from_files, organisation, run

import coordlint
from coordlint.finding import Accepted, Edit, Finding, Place, Severity, Span
from coordlint.report import FORMATS, Look, render

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "schemas" / "report.schema.json").read_text("utf-8")
)
REPORT = jsonschema.Draft202012Validator(SCHEMA)
LINE = jsonschema.Draft202012Validator({"$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"]})
NO_FILES = from_files({})

FULL = Finding(
    "decision/two-deciders",
    WARNING,
    "decision right `pricing` has two deciders",
    at("decisions.yaml", 6, 15, 18),
    ((at("decisions.yaml", 6, 20, 23), "the other is named here"),),
    "keep one",
    "decision-right",
    "pricing",
    "0123456789abcdef",
)
BARE = Finding("yaml/not-utf8", Severity.ERROR, "not UTF-8", Span("x.yaml", 0, 0, 0, 0))


def report(*runs: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render("json", runs, NO_FILES))
    REPORT.validate(loaded)
    return loaded


def test_the_schema_is_one_and_describes_everything() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def undescribed(part: object, way: str) -> list[str]:
        if not isinstance(part, dict):
            return []
        own = [way] if part.get("description") is None and "$ref" not in part else []
        parts = {**part.get("properties", {}), **part.get("$defs", {})}
        return own + [each for key, value in parts.items() for each in undescribed(value, f"{way}/{key}")]

    assert undescribed(SCHEMA, "") == []


def test_every_field_of_a_finding() -> None:
    assert report(run(FULL, prefix="org/"))["findings"] == [
        {
            "rule": "decision/two-deciders",
            "severity": "warning",
            "message": "decision right `pricing` has two deciders",
            "path": "org/decisions.yaml",
            "line": 6,
            "column": 15,
            "end_line": 6,
            "end_column": 18,
            "kind": "decision-right",
            "id": "pricing",
            "related": [
                {
                    "path": "org/decisions.yaml",
                    "line": 6,
                    "column": 20,
                    "end_line": 6,
                    "end_column": 23,
                    "message": "the other is named here",
                }
            ],
            "tip": "keep one",
            "fixable": False,
            "fingerprint": "0123456789abcdef",
            "accepted": None,
        }
    ]


ACCEPTED = Accepted("Until the new CFO is here.", date(2026, 6, 30), "comment", at("decisions.yaml", 5, 5, 60))


def test_what_is_accepted_stands_apart_with_the_reason() -> None:
    found = run(BARE, prefix="org/")._replace(waived=(FULL._replace(accepted=ACCEPTED),))
    whole = report(found)
    assert [each["rule"] for each in whole["findings"]] == ["yaml/not-utf8"]
    assert [each["rule"] for each in whole["waived"]] == ["decision/two-deciders"]
    assert whole["waived"][0]["accepted"] == {
        "by": "comment",
        "reason": "Until the new CFO is here.",
        "until": "2026-06-30",
        "path": "org/decisions.yaml",
        "line": 5,
    }
    assert (whole["summary"]["findings"], whole["summary"]["waived"], whole["summary"]["warning"]) == (1, 1, 0)
    assert whole["summary"]["organisations"][0]["waived"] == 1


def test_a_waiver_may_lack_reason_and_last_day() -> None:
    bare = FULL._replace(accepted=ACCEPTED._replace(reason="", until=None))
    (only,) = report(run()._replace(waived=(bare,)))["waived"]
    assert (only["accepted"]["reason"], only["accepted"]["until"]) == (None, None)


def test_lines_hold_what_is_accepted_where_it_is_wanted() -> None:
    found = [run(BARE)._replace(waived=(FULL._replace(accepted=ACCEPTED),))]
    for look, number in ((Look(), 1), (Look(show_waived=True), 2)):
        lines = [json.loads(line) for line in render("jsonl", found, NO_FILES, look).splitlines()]
        assert [line["accepted"] is None for line in lines] == [True, False][:number]
        for line in lines:
            LINE.validate(line)


def test_what_may_be_mended_is_told_unless_it_is_accepted() -> None:
    mendable = FULL._replace(edits=(Edit(Place("decisions.yaml", ("x",)), "remove"),))
    whole = report(run(mendable, BARE)._replace(waived=(mendable._replace(accepted=ACCEPTED),)))
    assert [each["fixable"] for each in (*whole["findings"], *whole["waived"])] == [True, False, False]


def test_what_is_not_known_is_null() -> None:
    (only,) = report(run(BARE))["findings"]
    unknown = {key for key, value in only.items() if value is None}
    assert unknown == {"line", "column", "end_line", "end_column", "kind", "id", "tip", "fingerprint", "accepted"}
    assert report(run(BARE._replace(span=Span("", 0, 0, 0, 0)), prefix="org/"))["findings"][0]["path"] is None


def test_the_schema_knows_every_key_and_asks_for_it() -> None:
    whole = report(run(FULL)._replace(waived=(FULL._replace(accepted=ACCEPTED),)))
    finding_ = whole["findings"][0]
    for part, schema in [
        (whole, SCHEMA),
        (whole["tool"], SCHEMA["properties"]["tool"]),
        (whole["summary"], SCHEMA["properties"]["summary"]),
        (whole["summary"]["organisations"][0], SCHEMA["$defs"]["organisation"]),
        (finding_, SCHEMA["$defs"]["finding"]),
        (finding_["related"][0], SCHEMA["$defs"]["related"]),
        (whole["waived"][0]["accepted"], SCHEMA["$defs"]["accepted"]),
    ]:
        assert list(part) == schema["required"] == list(schema["properties"])


def test_the_head_says_what_was_looked_at() -> None:
    whole = report(run(FULL, BARE, prefix="org/", notes=("2 rules did not run",)))
    assert whole["version"] == 1
    assert whole["tool"] == {"name": "coordlint", "version": coordlint.__version__}
    assert whole["as_of"] == "2026-03-02"
    assert whole["notes"] == ["2 rules did not run"]
    assert whole["summary"] == {
        "findings": 2,
        "error": 1,
        "warning": 1,
        "info": 0,
        "waived": 0,
        "files_with_findings": 2,
        "files": 14,
        "declarations": 3,
        "failed": False,
        "organisations": [
            {"path": "org", "as_of": "2026-03-02", "findings": 2, "waived": 0, "files": 14, "declarations": 3}
        ],
    }


def test_a_crash_is_a_failure() -> None:
    assert report(run(finding(at("a.yaml", 1, 1, 2), rule="coordlint/rule-crashed")))["summary"]["failed"] is True


def test_two_organisations_on_two_days() -> None:
    west = run(prefix="west/")._replace(org=organisation(1, date(2026, 3, 1)), files=1)
    whole = report(run(FULL, prefix="east/"), west)
    assert whole["as_of"] is None
    assert [each["as_of"] for each in whole["summary"]["organisations"]] == ["2026-03-02", "2026-03-01"]
    assert [each["path"] for each in whole["summary"]["organisations"]] == ["east", "west"]
    assert (whole["summary"]["files"], whole["summary"]["declarations"]) == (15, 4)


def test_clean_is_an_empty_list() -> None:
    whole = report(run())
    assert whole["findings"] == []
    assert whole["summary"]["organisations"][0]["path"] == "."
    assert render("jsonl", [run()], NO_FILES) == ""


def test_a_finding_a_line() -> None:
    lines = render("json", [run(FULL, BARE)], NO_FILES).split("\n")
    assert [json.loads(line.strip().rstrip(","))["rule"] for line in lines if line.startswith("    {")] == [
        "decision/two-deciders",
        "yaml/not-utf8",
    ]


def test_jsonl_is_the_findings_alone() -> None:
    runs = [run(FULL, prefix="a/"), run(BARE, prefix="b/")]
    lines = render("jsonl", runs, NO_FILES).splitlines()
    assert [json.loads(line) for line in lines] == report(*runs)["findings"]


@given(st.text(st.characters()), st.text(st.characters(), min_size=1))
def test_any_text_is_ascii_and_comes_back(text: str, path: str) -> None:
    made = FULL._replace(message=text, tip=text, id=text, span=at(path, 1, 1, 2), related=((at(path, 1, 1, 2), text),))
    for name in ("json", "jsonl"):
        written = render(name, [run(made, notes=(text,))], NO_FILES)
        assert written.isascii()
        assert written.replace("\n", "").isprintable()
    (line,) = written.splitlines()
    LINE.validate(json.loads(line))
    assert json.loads(line)["message"] == text.encode("utf-8", "backslashreplace").decode()


def test_half_characters_are_spelled_out() -> None:
    written = render("jsonl", [run(finding(at("caf\udce9.yaml", 1, 1, 2)))], NO_FILES)
    assert json.loads(written)["path"] == "caf\\udce9.yaml"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_everything_and_ends_its_last_line(name: str) -> None:
    assert render(name, [run(FULL, BARE)], NO_FILES).endswith("\n")


def test_text_loads_nothing_that_only_json_needs() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"
        "import coordlint.finding, coordlint.report.text, coordlint.report.concise\n"
        "loaded = set(sys.modules) - before\n"
        "print(*sorted(loaded & {'json', 'unicodedata', 'dataclasses', 'inspect', 'textwrap', 'rich', 'yaml'}))"
    )
    run_ = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(Path(coordlint.__file__).parents[1])!r}); {program}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run_.stdout == "\n"
