"""What is known to be wrong in the Kubernetes community's sigs.yaml is found after an import, and little else is said.

What is wrong is looked up here in the source, with other means than those of the importer and the rules.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml
from example_kit import run
from importer_kit import community, imported

from coordlint.finding import Finding

NAMES = {"sigs": "sig", "workinggroups": "wg", "usergroups": "ug", "committees": "committee"}


@pytest.fixture(scope="module")
def groups() -> list[dict[str, Any]]:
    source = yaml.safe_load(community())
    return [group for key in NAMES for group in source[key]]


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    files = imported(community()).files
    return list(run({path: text for path, text in files.items() if path.endswith(".yaml")}, preset="strict").findings)


def about(found: list[Finding], rule: str) -> set[str]:
    return {finding.id for finding in found if finding.rule == rule}


def leads(group: dict[str, Any]) -> set[str]:
    said = group["leadership"]
    return {person["github"].lower() for key in ("chairs", "tech_leads") for person in said.get(key) or ()}


def test_who_watches_over_a_group_and_leads_it_is_found(groups: list[dict[str, Any]], found: list[Finding]) -> None:
    known = {
        f"{group['dir']}-liaison"
        for group in groups
        if group["contact"].get("liaison", {}).get("github", "").lower() in leads(group)
    }
    assert "sig-docs-liaison" in known
    assert about(found, "ownership/overseer-leads") == known


def test_what_two_claim_is_found(groups: list[dict[str, Any]], found: list[Finding]) -> None:
    claims = Counter(
        owned.replace("/refs/heads/", "/").rstrip("/")
        for group in groups
        for subproject in group.get("subprojects") or ()
        for owned in subproject.get("owners") or ()
    )
    known = {owned for owned, times in claims.items() if times > 1}
    assert len(known) > 1
    said = [finding.message.split("`")[1] for finding in found if finding.rule == "ownership/two-owners"]
    assert sorted(owned.replace("/refs/heads/", "/").rstrip("/") for owned in said) == sorted(known)


def test_groups_that_never_meet_are_found(groups: list[dict[str, Any]], found: list[Finding]) -> None:
    known = {group["dir"] for group in groups if not group.get("meetings")}
    assert "sig-ui" in known
    assert about(found, "forum/never-meets") == known


def test_a_missing_charter_is_found(groups: list[dict[str, Any]], found: list[Finding]) -> None:
    assert about(found, "forum/no-charter") == {group["dir"] for group in groups if not group.get("charter_link")}


def test_chairs_in_pairs_are_not_told_to_be_alone(groups: list[dict[str, Any]], found: list[Finding]) -> None:
    assert all(len(group["leadership"]["chairs"]) > 1 for group in groups)
    said = {finding.rule for finding in found}
    assert not said & {"forum/no-deputy", "fragility/no-deputy", "ownership/no-deputy", "meeting/no-owner"}


def test_little_else_is_said(groups: list[dict[str, Any]], found: list[Finding]) -> None:
    assert not {finding.rule.partition("/")[0] for finding in found} & {"yaml", "shape", "coordlint"}
    # What nobody could declare in a sigs.yaml is not asked for a hundred times.
    assert len(found) < len(groups) * 1.5
