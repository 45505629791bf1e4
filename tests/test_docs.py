"""What is generated is current, and what the project says of itself is true."""

from __future__ import annotations

import re
from pathlib import Path

from coordlint.report.rule_pages import pages
from coordlint.rules import all_rules

REPOSITORY = Path(__file__).parent.parent
RULES = REPOSITORY / "docs" / "rules"


def test_the_pages_of_rules_are_current() -> None:
    written = {path.relative_to(RULES).as_posix(): path.read_bytes() for path in RULES.rglob("*.md")}
    assert written == pages(all_rules()), "`make docs` writes them"


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*REPOSITORY.glob("*.md"), REPOSITORY / "examples/org/README.md", *(REPOSITORY / "docs").rglob("*.md")]
    for document in documents:
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (document.parent / link).exists(), f"{document}: {link}"


def test_the_changelog_counts_the_rules() -> None:
    said = re.search(r"with (\d+) rules", (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert said is not None
    assert int(said[1]) == len(all_rules())
