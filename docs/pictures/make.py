"""Makes the pictures of the README and the handbook: the demo workbooks, checked, in a real browser.

.venv/bin/python docs/pictures/make.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
ON = "2026-10-15"
PATIENCE = 60  # seconds for the site to start, and for a check to end


def main() -> None:
    """Start a site of its own in a temporary folder, take the pictures, stop it."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DANGWU_HOME": home}
        site = subprocess.Popen([sys.executable, "-m", "dangwu", "demo", "--port", str(PORT)], env=environment)
        try:
            wait_for_site()
            take_pictures(Path(home) / "demo" / "messy")
        finally:
            site.terminate()
            site.wait()


def wait_for_site() -> None:
    """Return when it answers."""
    for _ in range(PATIENCE * 2):
        try:
            urllib.request.urlopen(SITE)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(SITE)


def take_pictures(workbooks: Path) -> None:
    """Walk through a check as a clerk does, and look at the report that the command writes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        walk(page, workbooks)
        page.goto(written_report(workbooks).as_uri())
        page.screenshot(path=HERE / "report.png")
        browser.close()


def walk(page: Page, workbooks: Path) -> None:
    """Hand in the workbooks, read the result, look up a rule."""
    page.goto(SITE)
    page.screenshot(path=HERE / "home.png")
    page.set_input_files("input[name=roster]", next(workbooks.glob("党员*")))
    page.set_input_files("input[name=ledgers]", sorted(workbooks.glob("组织生活台账*")))
    page.set_input_files("input[name=organisations]", workbooks / "党组织信息.xlsx")
    page.fill("input[name=on]", ON)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("table", timeout=PATIENCE * 1000)
    page.screenshot(path=HERE / "check.png")
    page.goto(f"{SITE}/rules/general-assembly-majority/")
    page.screenshot(path=HERE / "rule.png")


def written_report(workbooks: Path) -> Path:
    """The report of the same check, written as one file."""
    report = workbooks / "report.html"
    roster, ledgers = next(workbooks.glob("党员*")), sorted(workbooks.glob("组织生活台账*"))
    told = ["--organisations", workbooks / "党组织信息.xlsx", "--on", ON, "-o", report]
    subprocess.run([sys.executable, "-m", "dangwu", "check", roster, *ledgers, *told], check=False)
    return report


if __name__ == "__main__":
    main()
