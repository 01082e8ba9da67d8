"""The documentation site: it builds strictly, asks no other host for anything, and all its links lead somewhere."""

import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("mkdocs", reason="the site's generator is not installed: pip install -e '.[docs]'")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
ASSETS = {"link": "href"} | dict.fromkeys(("script", "img", "iframe", "source", "video", "audio"), "src")


class Seen(HTMLParser):
    """What an HTML page refers to.

    Attributes:
        assets: Addresses the browser loads by itself.
        links: Addresses a reader can click.
        ids: The page's anchors.
    """

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.assets: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        if tag in ASSETS and ASSETS[tag] in values:
            self.assets.append(values[ASSETS[tag]])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Seen]:
    """Every page of the site, built from this checkout."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {page: Seen(page) for page in folder.rglob("*.html")}


def test_no_page_loads_anything_from_another_host(site: dict[Path, Seen]) -> None:
    foreign = {url for seen in site.values() for url in seen.assets if urlsplit(url).netloc}
    assert not foreign


def test_no_style_sheet_loads_anything_from_another_host(site: dict[Path, Seen]) -> None:
    sheets = min(site, key=lambda page: len(page.parts)).parent.rglob("*.css")
    assert not [sheet.name for sheet in sheets if "url(http" in sheet.read_text(encoding="utf-8").replace('"', "")]


def test_all_links_lead_to_a_page_and_an_anchor(site: dict[Path, Seen]) -> None:
    links = [(link, page) for page, seen in site.items() for link in seen.links]
    assert not [(link, page.parent.name) for link, page in links if is_broken(link, page, site)]


def is_broken(link: str, page: Path, site: dict[Path, Seen]) -> bool:
    """Whether a link inside the site leads nowhere; links to other hosts are not followed."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or page.name == "404.html":  # 404.html is served from any depth
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    target = target / "index.html" if target.is_dir() else target
    if target.suffix != ".html":
        return not target.exists()
    return target not in site or (parts.fragment != "" and unquote(parts.fragment) not in site[target].ids)


def test_the_command_reference_lists_every_command(site: dict[Path, Seen]) -> None:
    from avatarify.cli.main import COMMANDS

    (page,) = (page for page in site if page.parent.name == "commands")
    assert {f"avatarify-{name}" for name in COMMANDS} <= site[page].ids


def test_the_page_of_graphs_names_every_tensor(site: dict[Path, Seen]) -> None:
    from avatarify.graphs.spec import GRAPHS

    (page,) = (page for page in site if page.parent.name == "graphs")
    text = page.read_text(encoding="utf-8")
    groups = [group for graph in GRAPHS.values() for group in (graph.inputs, graph.outputs)]
    assert set(GRAPHS) <= site[page].ids
    for name, count in Counter(name for group in groups for name in group.specs).items():
        assert text.count(f"<td><code>{name}</code>") == count
