"""`explain`, `rules`, `schema` and `import`: what there is to know, and what is there already."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, call, coordlint, report, write

from coordlint.cli.learn import SCHEMAS
from coordlint.document import read
from coordlint.readers import COLLECTIONS
from coordlint.rules import all_rules
from coordlint.shape.schemas import schema_folder

REPOSITORY = Path(__file__).parent.parent
COMMUNITY = REPOSITORY / "tests" / "importers" / "sigs.yaml"
RULES = [rule.name for rule in all_rules()]


# Rules.


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained(tmp_path: Path, rule: str):
    ended = call("explain", rule, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"# {rule}\n\n")
    assert "preset " in ended.out
    assert f"      {rule}: " in ended.out, "how to change it"
    assert f"ignore[{rule}] " in ended.out or f"rule: {rule}, " in ended.out or "cannot be waived" in ended.out


def test_a_page_says_what_to_do_in_the_words_of_the_finding(tmp_path: Path):
    page = call("explain", "meeting/no-owner", cwd=tmp_path).out
    assert (
        "What is said of the bad one, and what to do:\n\n"
        "    nobody answers for meeting `harvest-planning`\n"
        "    tip: name a `chair`, or an `owner`\n" in page
    )
    assert "    # coordlint: ignore[meeting/no-owner] " in page
    assert "- `max`: 4 unless said otherwise" in call("explain", "load/too-many-hats", cwd=tmp_path).out


def test_what_cannot_be_waived_or_off_is_not_said_to_be(tmp_path: Path):
    page = call("explain", "coordlint/rule-crashed", cwd=tmp_path).out
    assert "What it finds cannot be waived." in page
    assert "rule-crashed: off" not in page


def test_rules_lists_every_rule_once(tmp_path: Path):
    lines = call("rules", cwd=tmp_path).out.splitlines()
    assert [line.split()[0] for line in lines] == RULES
    assert all(len(line.split(maxsplit=3)) == 4 for line in lines)


def test_the_columns_of_rules_stand_below_each_other(tmp_path: Path):
    lines = call("rules", cwd=tmp_path).out.splitlines()
    (starts,) = {tuple(word.start() for word in re.finditer(r"\S+", line))[1:3] for line in lines}
    assert starts[0] > max(len(rule.name) for rule in all_rules())


def test_no_command_is_cut_in_the_help(tmp_path: Path):
    for words in ((), ("log",)):
        listed = call(*words, "--help", cwd=tmp_path, COLUMNS="80").out.partition("Commands:\n")[2]
        assert listed
        assert "..." not in listed
        assert all(len(line) <= 80 and line.startswith("  ") and line[2] != " " for line in listed.splitlines())


def test_rules_writes_its_pages_and_removes_its_own(tmp_path: Path):
    first = call("rules", "--into", "pages", cwd=tmp_path)
    assert (first.code, first.out.split()[0]) == (0, str(len(RULES) + 1))
    assert {path.relative_to(tmp_path / "pages").as_posix() for path in (tmp_path / "pages").rglob("*.md")} == {
        "README.md",
        *(f"{rule}.md" for rule in RULES),
    }
    write(tmp_path, {"pages/mine.txt": ""})
    assert call("rules", "--into", "pages", cwd=tmp_path).out.startswith("0 pages written")
    assert (tmp_path / "pages" / "mine.txt").exists()
    write(tmp_path, {"theirs/README.md": "mine"})
    refused = call("rules", "--into", "theirs", cwd=tmp_path)
    assert (refused.code, (tmp_path / "theirs" / "README.md").read_text()) == (2, "mine")


# Schemas.


def whole(name: str, cwd: Path) -> dict[str, Any]:
    ended = call("schema", name, cwd=cwd)
    assert (ended.code, ended.err) == (0, "")
    read: dict[str, Any] = json.loads(ended.out)
    return read


def references(below: Any) -> set[str]:
    if isinstance(below, dict):
        own = {below["$ref"]} if isinstance(below.get("$ref"), str) else set()
        return own.union(*(references(each) for each in below.values()))
    return set().union(*map(references, below)) if isinstance(below, list) else set()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_whole(tmp_path: Path, name: str):
    """A single file is enough: no reference leads out of it, and each leads somewhere in it."""
    schema = whole(name, tmp_path)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for reference in references(schema):
        aim: Any = schema
        assert reference.startswith("#/"), reference
        for step in reference[2:].split("/"):
            aim = aim[step.replace("~1", "/").replace("~0", "~")]


def test_a_schema_takes_a_good_file_and_refuses_a_bad_one(tmp_path: Path):
    """With jsonschema alone, as an editor does it."""
    validator = jsonschema.Draft202012Validator(whole("declarations", tmp_path))
    for path in sorted((REPOSITORY / "examples" / "org").rglob("*.yaml")):
        if path.name != "coordlint.yaml":
            errors = [
                error for data in read(path.name, path.read_bytes()).data for error in validator.iter_errors(data)
            ]
            assert errors == [], f"{path}: {errors[:1]}"
    for bad in (
        "roles: {lead: {held_bi: ext/a}}",
        "roles: {lead: {held_by: 3}}",
        "roles: {Lead: {}}",
        "rolls: {}",
        "- roles",
        "meetings: {weekly: {purpose: 3}}",
        "log: {}",
    ):
        assert not validator.is_valid(yaml.safe_load(bad)), bad


def test_the_schema_of_the_house(tmp_path: Path):
    validator = jsonschema.Draft202012Validator(whole("coordlint", tmp_path))
    validator.validate(yaml.safe_load(HOUSE))
    assert not validator.is_valid({"surprise": 1})


def test_the_schema_of_the_report(tmp_path: Path):
    write(tmp_path / "org", {"coordlint.yaml": HOUSE, "roles.yaml": BROKEN})
    jsonschema.Draft202012Validator(whole("report", tmp_path)).validate(report("org", cwd=tmp_path))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_schema_of_one_declaration(tmp_path: Path, collection: str):
    validator = jsonschema.Draft202012Validator(whole(collection, tmp_path))
    assert not validator.is_valid({"no_such_field": 1})
    assert not validator.is_valid(3)


def test_schemas_are_written_side_by_side(tmp_path: Path):
    first = call("schema", "--into", "schemas", cwd=tmp_path)
    names = sorted(path.name for path in schema_folder().glob("*.json"))
    assert (first.code, first.out) == (0, f"{len(names)} schemas written, 0 as they were: schemas\n")
    assert sorted(path.name for path in (tmp_path / "schemas").iterdir()) == names
    assert call("schema", "--into", "schemas", cwd=tmp_path).out.startswith("0 schemas written")
    write(tmp_path, {"schemas/roles.schema.json": "{}"})
    before = {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()}
    refused = call("schema", "--into", "schemas", cwd=tmp_path)
    assert refused.code == 2
    assert "`schemas/roles.schema.json` is there already, with other content" in refused.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()} == before


# Importing.


def test_an_import_says_first_and_writes_when_asked(tmp_path: Path):
    shutil.copy(COMMUNITY, tmp_path / "sigs.yaml")
    first = call("import", "kubernetes-sigs", "sigs.yaml", cwd=tmp_path)
    assert first.code == 0
    assert "nothing was written; `--into DIR` writes it" in first.err
    listed = {line.split("bytes", 1)[1].strip() for line in first.out.splitlines()}
    assert [path.name for path in tmp_path.iterdir()] == ["sigs.yaml"]

    second = call("import", "kubernetes-sigs", "sigs.yaml", "--into", "our org", cwd=tmp_path)
    root = tmp_path / "our org"
    assert second.code == 0
    assert second.out.splitlines()[-1] == "next: coordlint check 'our org'"
    written = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert set(written) == {*listed, ".coordlint-import.json"}
    assert call("check", "our org", *DAY, cwd=tmp_path).code in (0, 1)

    third = call("import", "kubernetes-sigs", "sigs.yaml", "--into", "our org", cwd=tmp_path)
    assert (third.code, third.out.split()[0]) == (0, "0")


def test_an_import_again_leaves_what_was_edited_since(tmp_path: Path):
    again = ("import", "kubernetes-sigs", "sigs.yaml", "--into", "org")
    source, root = tmp_path / "sigs.yaml", tmp_path / "org"
    shutil.copy(COMMUNITY, source)
    assert call(*again, cwd=tmp_path).code == 0

    edited = root / "sigs" / "sig-garden.yaml"
    edited.write_text(CLEAN)
    (root / "people.yaml").unlink()
    second = call(*again, cwd=tmp_path)
    assert (second.code, second.out.split(":")[0]) == (
        0,
        "0 files written, 6 as they were, 1 left as you edited it, 1 left out as you took it away",
    )
    assert "`sigs/sig-garden.yaml` stays as you left it" in second.err
    assert "has changed too" not in second.err, "there is nothing to compare"

    source.write_text(source.read_text().replace("Grows what the kitchen needs", "Grows what everybody needs"))
    source.write_text(source.read_text().replace("name: Harvest", "name: Large Harvest"))
    third = call(*again, cwd=tmp_path)
    assert third.code == 0
    assert "`sigs/sig-garden.yaml` was edited, and the source has changed too" in third.err
    assert edited.read_text() == CLEAN
    assert not (root / "people.yaml").exists(), "what was taken away stays away"
    assert "WG Large Harvest" in (root / "working-groups" / "wg-harvest.yaml").read_text()


def test_an_import_leaves_foreign_files(tmp_path: Path):
    shutil.copy(COMMUNITY, tmp_path / "sigs.yaml")
    write(tmp_path, {"org/people.yaml": CLEAN})
    refused = call("import", "kubernetes-sigs", "sigs.yaml", "--into", "org", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert "`org/people.yaml` is there already, with other content, and is not overwritten" in refused.err
    assert [path.name for path in (tmp_path / "org").iterdir()] == ["people.yaml"], "nothing else is written either"


@pytest.mark.parametrize("content", ["{", "[]", '{"files": []}', '{"files": {"a": 1}}', "[" * 100_000])
def test_a_broken_record_of_an_import_is_told(tmp_path: Path, content: str):
    shutil.copy(COMMUNITY, tmp_path / "sigs.yaml")
    write(tmp_path, {"org/.coordlint-import.json": content})
    refused = call("import", "kubernetes-sigs", "sigs.yaml", "--into", "org", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert "is no record of an import" in refused.err


def test_what_is_imported_stays_in_its_folder(tmp_path: Path):
    hostile = (
        COMMUNITY.read_text().replace("sig-garden", "../../../sig-garden").replace("name: Garden", "name: ../../up")
    )
    write(tmp_path, {"in/sigs.yaml": hostile})
    ended = call("import", "kubernetes-sigs", "in/sigs.yaml", "--into", "in/out", cwd=tmp_path)
    assert ended.code in (0, 2)
    assert "Traceback" not in ended.err
    assert {path.parts[len(tmp_path.parts) :][0] for path in tmp_path.rglob("*")} == {"in"}
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) in (["out", "sigs.yaml"], ["sigs.yaml"])


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b"\x00", b"a: *x", b"sigs: 3", b"[" * 100_000, b"%", b"sigs: [{}]"]
)
def test_a_file_that_is_no_community_is_told(tmp_path: Path, content: bytes):
    write(tmp_path, {"sigs.yaml": content})
    ended = coordlint("import", "kubernetes-sigs", "sigs.yaml", "--into", "out", cwd=tmp_path)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert ended.err.startswith("coordlint: ")
    assert not (tmp_path / "out").exists()
