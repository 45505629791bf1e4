"""What is generated is current, and what the project says of itself is true."""

from __future__ import annotations

import re
from pathlib import Path

from cli_kit import DAY, HOUSE, call, organisation

from coordlint.cli.learn import said_by
from coordlint.report.rule_pages import pages
from coordlint.rules import all_rules

REPOSITORY = Path(__file__).parent.parent
RULES = REPOSITORY / "docs" / "rules"


def test_the_pages_of_rules_are_current() -> None:
    written = {path.relative_to(RULES).as_posix(): path.read_bytes() for path in RULES.rglob("*.md")}
    said = {rule.name: found for rule in all_rules() if (found := said_by(rule))}
    assert written == pages(all_rules(), said), "`make docs` writes them"


def test_links_between_documents_lead_somewhere() -> None:
    documents = [
        *REPOSITORY.glob("*.md"),
        *(path for part in ("docs", "examples") for path in (REPOSITORY / part).rglob("*.md")),
    ]
    for document in documents:
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (document.parent / link).exists(), f"{document}: {link}"


def test_the_changelog_counts_the_rules() -> None:
    said = re.search(r"with (\d+) rules", (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert said is not None
    assert int(said[1]) == len(all_rules())


def test_the_finding_in_the_readme_is_what_check_says(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    declared = re.search(r"^```yaml\n(decision_rights:.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    said = re.search(r"^    deals\.yaml:.*?(?=\n\n)", readme, re.DOTALL | re.MULTILINE)
    assert declared is not None
    assert said is not None
    others = "roles: {account-executive: {}, vp-sales: {}}\nforums: {deal-desk: {}}\nrecords: {deal-log: {keeps: x}}\n"
    misspelt = declared[1].replace("account-executive", "acount-executive", 1)
    organisation(tmp_path, {"deals.yaml": misspelt, "others.yaml": others}, HOUSE)
    found = call("check", "--select", "reference/unresolved", *DAY, cwd=tmp_path, COLUMNS="120").out
    assert [line[4:] for line in said[0].splitlines()] == found.split("\n\n")[0].splitlines()
