"""coordlint.yaml and the command line to the rules that run: which, how severe, and with what options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli_kit import DAY, HOUSE, call, organisation

from coordlint.config import ALWAYS, Asked, Settings, settings
from coordlint.finding import Severity, UsageError
from coordlint.rule import Preset, Rule
from coordlint.rules import EDITIONS, all_rules

EDITION = {"edition": "2026"}
RULES = {rule.name: rule for rule in all_rules()}


def chosen(config: dict[str, Any] | None = None, **asked: Any) -> dict[str, Severity]:
    """The severity of each rule that runs."""
    in_force = settings(EDITION | (config or {}), Asked(**asked))
    return {each.rule.name: each.severity for each in in_force.chosen}


def test_without_a_word_the_recommended_rules_run_as_they_are():
    assert chosen() == {
        name: rule.severity for name, rule in RULES.items() if rule.preset in (Preset.CORRECTNESS, Preset.RECOMMENDED)
    }


def test_presets_take_in_one_another():
    correctness, recommended, strict = (
        set(chosen({"preset": preset.word})) for preset in (Preset.CORRECTNESS, Preset.RECOMMENDED, Preset.STRICT)
    )
    assert correctness < recommended < strict == set(RULES)


def test_the_command_line_names_another_preset():
    assert chosen({"preset": "strict"}, preset="correctness") == chosen({"preset": "correctness"})


def test_what_runs_besides_is_added_to_the_preset_unless_it_is_off():
    besides = ("reference/orphan", "meeting/no-agenda")
    added = chosen({"rules": {"meeting/no-agenda": "off"}}, besides=besides)
    assert added.keys() - chosen().keys() == {"reference/orphan"}
    assert chosen(besides=("meeting/no-purpose",)) == chosen()


def test_own_severities_win_over_presets():
    own = {"reference/orphan": "error", "meeting/no-purpose": "off", "decision/no-decider": "info"}
    severities = chosen({"rules": own})
    assert severities["reference/orphan"] is Severity.ERROR
    assert "meeting/no-purpose" not in severities
    assert severities["decision/no-decider"] is Severity.INFO
    assert chosen({"preset": "correctness", "rules": own})["reference/orphan"] is Severity.ERROR


def test_a_rule_with_options_of_its_own_runs_as_severe_as_before():
    in_force = settings(EDITION | {"rules": {"meeting/too-many-people": {"max": 3}}}, Asked())
    (each,) = [each for each in in_force.chosen if each.rule.name == "meeting/too-many-people"]
    assert each.severity is RULES["meeting/too-many-people"].severity
    assert each.options["max"] == 3
    assert each.overridden


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_option_takes_its_own_default(rule: Rule):
    given = {
        option: list(default) if isinstance(default, tuple) else default for option, default in rule.options.items()
    }
    in_force = settings(EDITION | {"rules": {rule.name: {"severity": "info", **given}}})
    (each,) = [each for each in in_force.chosen if each.rule is rule]
    assert (each.severity, {**each.options}) == (Severity.INFO, given)


def test_selecting_runs_what_is_named_and_what_tells_of_reading():
    names = set(chosen(select=("meeting/no-purpose", "decision")))
    families = {name.partition("/")[0] for name in names}
    assert families == {"meeting", "decision", *ALWAYS}
    assert {name for name in names if name.startswith("meeting/")} == {"meeting/no-purpose"}
    assert set(chosen({"preset": "correctness"}, select=("reference/orphan",))) >= {"reference/orphan"}, (
        "whatever the preset"
    )


def test_ignoring_wins_over_selecting():
    names = set(chosen(select=("meeting",), ignore=("meeting/no-purpose", "yaml")))
    assert "meeting/no-purpose" not in names
    assert {name.partition("/")[0] for name in names} == {"meeting", "shape", "coordlint"}


@pytest.mark.parametrize("severity", ["off", "info"])
def test_what_could_not_be_done_is_told_whatever_is_asked(severity: str):
    own = {"coordlint/rule-crashed": severity, "coordlint/unreadable-file": severity}
    if severity == "off":
        with pytest.raises(UsageError, match="`coordlint/rule-crashed` cannot be `off`"):
            chosen({"rules": own})
    else:
        assert set(own) <= set(chosen({"rules": own}, select=("meeting",)))
    for name in ("coordlint", *own):
        with pytest.raises(UsageError, match=r"--ignore: .* cannot be left out"):
            chosen(ignore=(name,))


@pytest.mark.parametrize(
    ("config", "asked", "says"),
    [
        ({"edition": None}, {}, 'coordlint.yaml: no `edition`; write `edition: "2026"`'),
        ({"edition": "1826"}, {}, "coordlint.yaml: no edition is called `1826`; there is `2026`"),
        ({"preset": "lax"}, {}, "coordlint.yaml: no preset is called `lax`; there are `correctness`, `recommended` or"),
        (
            {},
            {"preset": "lax"},
            "--preset: no preset is called `lax`; there are `correctness`, `recommended` or `strict`",
        ),
        (
            {"rules": {"meeting/no-purpos": "off"}},
            {},
            "names `meeting/no-purpos`, which is no rule; did you mean `meeting/",
        ),
        ({"rules": {"meeting": "off"}}, {}, "`rules` names `meeting`, which is no rule"),
        (
            {"rules": {"meeting/no-purpose": "never"}},
            {},
            "cannot be `never`; write `off`, `info`, `warning` or `error`",
        ),
        ({"rules": {"meeting/no-purpose": {"max": 3}}}, {}, "rule `meeting/no-purpose` has no option `max`; it has no"),
        ({"rules": {"meeting/too-many-people": {"mx": 3}}}, {}, "has no option `mx`; its options are `max`"),
        ({"rules": {"meeting/too-many-people": {"max": "3"}}}, {}, "must be a whole number, for example `"),
        ({"rules": {"meeting/too-many-people": {"max": True}}}, {}, "must be a whole number, for example `"),
        ({"rules": {"meeting/too-many-people": {"max": 3.5}}}, {}, "must be a whole number, for example `"),
        ({"rules": {"meeting/too-many-people": {"max": -1}}}, {}, "must be from 0 to 36500"),
        ({"rules": {"lifecycle/past-until": {"grace": 36501}}}, {}, "option `grace` of `lifecycle/past-until` must be"),
        ({"rules": {"lifecycle/thin-attendance": {"share": float("nan")}}}, {}, "must be from 0 to 36500"),
        ({}, {"select": ("meating",)}, "no rule or family is called `meating`; did you mean `meeting`?"),
        ({}, {"ignore": ("meeting/*",)}, "no rule or family is called `meeting/*`"),
    ],
)
def test_what_does_not_exist_is_told(config: dict[str, Any], asked: dict[str, Any], says: str):
    with pytest.raises(UsageError) as told:
        settings(EDITION | config, Asked(**asked))
    assert says in str(told.value)
    assert "\n" not in str(told.value)


WITH_WORDS = [
    (rule.name, option)
    for rule in all_rules()
    for option, default in rule.options.items()
    if isinstance(default, tuple) and default and all(isinstance(each, str) for each in default)
]


@pytest.mark.parametrize(("rule", "option"), WITH_WORDS)
def test_a_list_of_words_takes_words_alone(rule: str, option: str):
    with pytest.raises(UsageError, match=f"option `{option}` of `{rule}` must be a list of texts"):
        settings(EDITION | {"rules": {rule: {option: ["word", 3]}}})


def test_the_place_of_the_file_is_told():
    with pytest.raises(UsageError, match=r"\Aorg/coordlint\.yaml: no edition"):
        settings({"edition": "0"}, Asked(), "org/coordlint.yaml")


@pytest.mark.parametrize("edition", ["2026", 2026])
def test_an_edition_may_be_written_as_a_number(edition: object):
    in_force = settings({"edition": edition})
    assert isinstance(in_force, Settings)
    assert (in_force.edition, in_force.edition in EDITIONS) == ("2026", True)


def test_a_house_may_turn_off_a_rule_for_all_of_it(tmp_path: Path):
    text = "meetings:\n  weekly: {chair: ext/a, attendees: [ext/a], cadence: as needed}\n"
    house = HOUSE.replace("correctness", "recommended")
    organisation(tmp_path, {"m.yaml": text}, house)
    assert "meeting/no-purpose" in call("check", *DAY, cwd=tmp_path).out
    organisation(tmp_path, {"m.yaml": text}, house + "rules: {meeting/no-purpose: off}\n")
    assert "meeting/no-purpose" not in call("check", *DAY, cwd=tmp_path).out
