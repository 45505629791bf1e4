"""The manual in a browser, opened from disk: nothing is wider than the window, and no script fails."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cli_kit import call
from example_kit import FOLDER

pytestmark = pytest.mark.slow

PAGES = (
    *("index.html", "decision-rights.html", "findings.html", "about.html", "meetings.html", "forums.html"),
    *(
        "handoffs.html",
        "people.html",
        "decision-right/discount.html",
        "role/cfo.html",
        "meeting/deal-desk-session.html",
    ),
    "forum/deal-desk.html",
)
WIDTHS = (360, 768, 1440)
# Pages are looked at in frames, for a window cannot be as narrow as a telephone.
LOOK = """<!doctype html><title>look</title><pre id="said"></pre><script>
const asked = %s, said = [];
async function look([page, width]) {
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 800; frame.src = page;
  document.body.append(frame);
  await new Promise(done => frame.onload = done);
  const root = frame.contentDocument.documentElement;
  said.push({page, width, wide: root.scrollWidth, title: frame.contentDocument.title,
             links: frame.contentDocument.links.length, text: root.innerText.length});
  frame.remove();
}
(async () => {
  for (const each of asked) await look(each);
  document.getElementById("said").textContent = JSON.stringify(said);
})();
</script>"""


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual") / "out"
    assert call("render", str(FOLDER), "--into", str(folder), "--as-of", "2026-11-23", cwd=FOLDER).code == 0
    return folder


def browse(page: Path) -> tuple[str, str]:
    """The page as it stands once its scripts have run, and what the browser complained of."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser is not None, "a Chromium is needed to look at pages: `apt-get install chromium`"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        "--allow-file-access-from-files",
    ]
    profile = f"--user-data-dir={page.parent / 'profile'}"
    done = subprocess.run(
        [browser, *options, profile, "--virtual-time-budget=20000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


def test_pages_fit_every_window_and_their_scripts_run(manual: Path, tmp_path: Path) -> None:
    shutil.copytree(manual, tmp_path / "manual")
    asked = [[f"manual/{page}", width] for page in PAGES for width in WIDTHS]
    (tmp_path / "look.html").write_text(LOOK % json.dumps(asked), encoding="utf-8")
    page, complaints = browse(tmp_path / "look.html")
    assert complaints == ""
    said = re.search(r'<pre id="said">(.*?)</pre>', page, re.DOTALL)
    assert said is not None
    seen = json.loads(said[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    assert [[each["page"], each["width"]] for each in seen] == asked
    assert [each for each in seen if each["wide"] > each["width"]] == []
    assert all(each["title"] and each["links"] > 5 and each["text"] > 200 for each in seen)


def test_the_look_sees_what_is_too_wide(tmp_path: Path) -> None:
    (tmp_path / "wide.html").write_text('<!doctype html><title>x</title><div style="width: 900px">x</div>')
    (tmp_path / "look.html").write_text(LOOK % json.dumps([["wide.html", 360]]))
    assert '"wide":9' in browse(tmp_path / "look.html")[0]
