"""The built site: nothing from other hosts, every picture described, every link good, readable by everyone."""

import json
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_core_python.selenium import Axe
from bs4 import BeautifulSoup
from selenium import webdriver

from analysis.report import FIGURE_FORMATS, build_site

ROOT = Path(__file__).parents[1]
PAGES = ["index", *sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))]
DESKTOP, PHONE = (1280, 900), (390, 844)
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
each_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site from the notebooks and figures as committed."""
    return build_site(ROOT / "notebooks", ROOT / "figures", tmp_path_factory.mktemp("site")).parent


@pytest.fixture(scope="module")
def pages(site):
    return {path.stem: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in site.glob("*.html")}


@pytest.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def browser(request):
    if not (BROWSER and DRIVER):
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, but chromium and chromedriver are not on the PATH")
        pytest.skip("no chromium and chromedriver on the PATH (Debian: apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    width, height = request.param
    if request.param == PHONE:
        metrics = {"width": width, "height": height, "pixelRatio": 2.0, "mobile": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER)) as driver:
        driver.set_window_size(width, height)
        yield driver


def test_each_notebook_has_its_page(pages):
    assert set(pages) == set(PAGES)


@each_page
def test_nothing_is_loaded_from_elsewhere(pages, name):
    page = pages[name]
    assert not page(["script", "iframe", "object", "embed"])
    for element in page(["link", "img"]):
        address = element.get("href") or element.get("src")
        assert address.startswith(("data:", "figures/")), address[:80]
    assert not re.search(r"url\(|@import", "".join(style.get_text() for style in page("style")))
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none';")


@each_page
def test_every_picture_is_described(pages, name):
    for picture in pages[name]("img"):
        assert len(picture.get("alt", "")) > 40, picture.get("src", "")[:80]
        assert "No description" not in picture["alt"]


@each_page
def test_every_link_within_the_site_resolves(site, pages, name):
    for link in pages[name]("a", href=True):
        if link["href"].startswith(("http://", "https://")):
            continue
        path, _, anchor = unquote(link["href"]).partition("#")
        assert not path or (site / path).is_file(), link["href"]
        target = pages[Path(path).stem if path else name] if not path or path.endswith(".html") else None
        assert not anchor or target.find(id=anchor), link["href"]


@each_page
def test_every_page_has_its_furniture(pages, name):
    page = pages[name]
    assert page.html["lang"] == "en"
    assert page.title.get_text(strip=True)
    assert len(page("h1")) == 1
    assert page.find("meta", attrs={"name": "viewport"})
    assert page.find("a", class_="skip")["href"] == "#main"
    assert page.find("main", id="main")
    titles = [link["href"] for link in page.find("nav", class_="series")("a")]
    assert titles == [f"{other}.html" for other in PAGES[1:]]


def test_index_asks_each_question_and_offers_each_figure(pages):
    entries = pages["index"].select("ol.contents > li")
    assert [entry.a["href"] for entry in entries] == [f"{name}.html" for name in PAGES[1:]]
    assert all(len(entry.p.get_text()) > 20 for entry in entries)
    offered = {unquote(link["href"]) for link in pages["index"].select("ul.gallery a")}
    exported = {f"figures/{path.name}" for path in (ROOT / "figures").iterdir() if path.suffix[1:] in FIGURE_FORMATS}
    assert offered == exported


@each_page
def test_axe_finds_nothing_serious(browser, site, name):
    browser.get((site / f"{name}.html").as_uri())
    found = Axe().run(browser)["violations"]
    serious = [finding for finding in found if finding["impact"] in ("serious", "critical")]
    assert not serious, json.dumps([[f["id"], f["help"], f["nodes"][0]["html"][:200]] for f in serious], indent=1)


@each_page
def test_browser_asks_no_other_host_and_page_fits(browser, site, name):
    browser.get_log("performance")
    browser.get((site / f"{name}.html").as_uri())
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert asked
    assert not [address for address in asked if not address.startswith(("file:", "data:"))]
    assert not browser.get_log("browser")
    width = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
