"""Exit codes: one contract for every command and format."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, call, coordlint, organisation

from coordlint.report import FORMATS

LEVELS = ("error", "warning", "info")


def with_one_finding(folder: Path, level: str) -> Path:
    return organisation(folder, {"roles.yaml": BROKEN}, f"{HOUSE}rules: {{reference/unresolved: {level}}}\n")


@pytest.mark.parametrize("form", FORMATS)
def test_a_process_ends_with_what_was_found(tmp_path: Path, form: str):
    clean = organisation(tmp_path / "clean")
    broken = organisation(tmp_path / "broken", {"roles.yaml": BROKEN})
    no_folder = tmp_path / "nowhere"
    codes = [coordlint("check", str(each), "--format", form, *DAY, cwd=tmp_path).code for each in (clean, broken)]
    assert codes == [0, 1]
    assert coordlint("check", str(no_folder), "--format", form, cwd=tmp_path).code == 2


@pytest.mark.parametrize("found", LEVELS)
@pytest.mark.parametrize("asked", LEVELS)
@pytest.mark.parametrize("form", [*FORMATS, "statistics"])
def test_it_fails_from_the_level_that_is_asked_for(tmp_path: Path, found: str, asked: str, form: str):
    with_one_finding(tmp_path, found)
    shown = ["--statistics"] if form == "statistics" else ["--format", form]
    ended = call("check", "--fail-on", asked, *shown, *DAY, cwd=tmp_path)
    assert ended.code == int(LEVELS.index(found) <= LEVELS.index(asked))
    assert "reference/unresolved" in ended.out


def test_it_fails_on_errors_alone_where_nothing_is_asked_for(tmp_path: Path):
    codes = [call("check", *DAY, cwd=with_one_finding(tmp_path / level, level)).code for level in LEVELS]
    assert codes == [1, 0, 0]


def test_many_findings_are_one_code_and_no_sum(tmp_path: Path):
    many = "roles:\n" + "".join(f"  r{number}: {{reports_to: nobody-{number}}}\n" for number in range(300))
    organisation(tmp_path, {"roles.yaml": many})
    assert call("check", *DAY, cwd=tmp_path).code == 1


def test_a_file_that_cannot_be_read_as_yaml_is_a_finding(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": CLEAN, "broken.yaml": "roles: {a: [\n"})
    ended = call("check", *DAY, cwd=tmp_path)
    assert ended.code == 1
    assert "broken.yaml:" in ended.out


# Several organisations.


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A clean organisation, one with an error, and one whose coordlint.yaml is broken, in this order."""
    organisation(tmp_path / "a-clean")
    organisation(tmp_path / "b-broken", {"roles.yaml": BROKEN})
    organisation(tmp_path / "c-unusable", house=HOUSE.replace("2026", "1826"))
    return tmp_path


@pytest.mark.parametrize(
    ("folders", "code"),
    [
        (["a-clean"], 0),
        (["a-clean", "b-broken"], 1),
        (["b-broken", "a-clean"], 1),
        (["a-clean", "c-unusable"], 2),
        (["c-unusable", "b-broken"], 2),
        (["a-clean", "b-broken", "c-unusable"], 2),
    ],
)
def test_the_highest_code_of_several_organisations_wins(three: Path, folders: list[str], code: int):
    assert call("check", *folders, *DAY, cwd=three).code == code


@pytest.mark.parametrize("form", FORMATS)
def test_one_that_cannot_be_checked_hides_no_other(three: Path, form: str):
    ended = call("check", "--format", form, *DAY, cwd=three)
    assert ended.code == 2
    assert "b-broken/roles.yaml" in ended.out
    assert "c-unusable/coordlint.yaml:3:10" in ended.err
    assert "`edition`" in ended.err


def test_one_mistake_in_the_call_is_told_once(three: Path):
    ended = call("check", "a-clean", "b-broken", "--select", "meting", cwd=three)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.count("\n") == 1


# Other commands.


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["check", "--show-files"],
        ["check", "--show-settings"],
        ["rules"],
        ["explain", "reference/unresolved"],
        ["schema"],
        ["schema", "meetings"],
        ["schema", "--into", "schemas"],
        ["init", "."],
    ],
)
def test_a_command_that_did_its_work_ends_with_0(tmp_path: Path, words: list[str]):
    if words[0] == "check":
        organisation(tmp_path, {"roles.yaml": BROKEN})
    ended = call(*words, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Usage: coordlint"),
        (["chekc"], "Did you mean 'check'"),
        (["--colour"], "No such option: --colour"),
        (["check", "--formt", "json"], "--format"),
        (["check", "--format"], "--format"),
        (["check", "--format", "xml"], "no format is called `xml`; there are text,"),
        (["check", "--fail-on", "fatal"], "--fail-on takes error, warning or info, and not `fatal`"),
        (["check", "--as-of", "2026-02-30"], "--as-of: "),
        (["check", "--as-of", "yesterday"], "--as-of: "),
        (["check", "--as-of", "1e9"], "--as-of: "),
        (["check", "--max-findings", "-1"], "--max-findings"),
        (["check", "--max-findings", "few"], "--max-findings"),
        (["check", "--select", "meeting/no-purpos"], "did you mean `meeting/no-purpose`?"),
        (["check", "--select", "meating"], "did you mean `meeting`?"),
        (["check", "--ignore", "decison"], "did you mean `decision`?"),
        (["check", "--ignore", ""], "no rule or family is called ``"),
        (["check", "--ignore", "coordlint"], "`coordlint` cannot be left out"),
        (["check", "--ignore", "coordlint/rule-crashed"], "cannot be left out"),
        (["check", "--preset", "lax"], "--preset: no preset is called `lax`"),
        (["check", "--output", "json"], "--output takes a format and a path"),
        (["check", "--output", "json="], "--output takes a format and a path"),
        (["check", "--output", "xml=a.xml"], "no format is called `xml`"),
        (["check", "nowhere"], "there is no file or folder `nowhere`"),
        (["check", "roles.yaml/deeper"], "there is no file or folder"),
        (["render", "nowhere"], "there is no file or folder `nowhere`"),
        (["render", "--as-of", "soon", "--into", "out"], "--as-of: "),
        (["explain"], "RULE"),
        (["explain", "meeting/no-purpos"], "did you mean `meeting/no-purpose`?"),
        (["explain", "nothing"], "`coordlint rules` lists them"),
        (["schema", "meeting"], "did you mean `meetings`?"),
        (["schema", "nothing"], "there are declarations, coordlint, report, signs, people,"),
        (["init", "--ci", "jenkins"], "--ci takes github or gitlab, and not `jenkins`"),
        (["init", "roles.yaml/deeper"], "roles.yaml/deeper"),
        (["import"], "FORM"),
        (["import", "excel", "roles.yaml"], "there is no importer called `excel`"),
        (["import", "kubernetes-sigs", "nowhere.yaml"], "`nowhere.yaml` cannot be read"),
        (["import", "kubernetes-sigs", "."], "cannot be read"),
    ],
)
def test_a_call_that_cannot_be_understood_ends_with_2_and_one_sentence(tmp_path: Path, words: list[str], says: str):
    organisation(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ended = call(*words, cwd=tmp_path)
    assert ended.code == 2
    assert ended.out == ""
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert sorted(tmp_path.rglob("*")) == before, "nothing is written"


def test_a_mistake_in_the_tool_is_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Python would end with 1, which says that something was found."""

    def stumble(*_: object) -> None:
        raise ZeroDivisionError("not \x1b[31mmeant")

    organisation(tmp_path)
    monkeypatch.setattr("coordlint.workspace.Workspace.run", stumble)
    ended = call("check", cwd=tmp_path)
    assert ended.code == 2
    assert "ZeroDivisionError" in ended.err
    assert "please report it" in ended.err
    assert "\x1b" not in ended.err
