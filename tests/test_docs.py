"""The documentation says what is true: its blocks run, its tables are complete, its site holds.

How blocks are marked, run and compared stands in `tests.docs_runner`. In short: ``sh`` and
``python`` blocks run from top to bottom in a folder of the page's own, an ``output`` block is
what the block before it prints, ``yaml`` and ``csv`` blocks with a title are files, in full or,
with ``title="from …"``, an excerpt of one in this repository. There are no other blocks.
"""

from __future__ import annotations

import os
import pkgutil
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import cati
from cati.cli import main
from cati.model.evidence import Weakness
from cati.model.printed import How
from cati.model.standing import Exclusion
from cati.report.data.fields import ranking_fields
from cati.store.printed_files import POINTS_HEADER, published_header
from cati.store.schemas import SCHEMAS
from cati.workspace import Workspace
from tests import docs_runner
from tests.docs_runner import DOCS, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = docs_runner.pages()
SECTION = re.compile(r'^##+ .*\{ data-model="(?P<model>\w+)" \}$')
ROW = re.compile(r"^\| `(?P<field>[^`]+)` \|(?: (?P<required>yes|) ?\|)? (?P<meaning>.*)\|$")


# What runs


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PAGES if docs_runner.page(name).blocks])
def test_the_blocks_of_a_page_do_what_it_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs_runner.run(name, tmp_path, monkeypatch)


@pytest.mark.parametrize("name", PAGES)
def test_every_block_is_of_the_convention(name: str) -> None:
    docs_runner.page(name)


@pytest.mark.parametrize(
    "text",
    [
        "```\nplain\n```\n",
        "```bash\ncati check\n```\n",
        "```yaml\nformat: 1\n```\n",
        "```output\nof nothing\n```\n",
        "```sh\ncati check\n",
        '```sh title="a file"\ncati check\n```\n',
    ],
)
def test_other_blocks_are_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs_runner, "DOCS", tmp_path)
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"docs/page.md:1"):
        docs_runner.page("page.md")


@pytest.mark.parametrize(
    ("documented", "printed", "difference"),
    [
        ("a\nb\n", "a  \nb\n\n", ""),
        ("a\n…\nc\n", "a\nb\nb\nc\n", ""),
        ("a\n…\n", "a\nb\n", ""),
        ("a b …\n", "a b c\n", ""),
        ("a\n", "b\n", "documented: 'a'\n   printed: 'b'"),
        ("a\n", "a\nb\n", "not documented: 'b'"),
        ("a\nb\n", "a\n", "not printed: 'b'"),
        ("a\n…\nd\n", "a\nb\nc\n", "not printed: 'd'"),
        ("", "a\n", "not documented: 'a'"),
    ],
)
def test_outputs_are_compared_line_by_line(documented: str, printed: str, difference: str) -> None:
    assert docs_runner.compare(documented, printed) == difference


def test_excerpts_must_stand_in_the_file() -> None:
    whole = "a: {b: 1, c: [x, y, z]}\nd: some long text\n"
    assert docs_runner.is_yaml_excerpt("c: [x, z]\n", whole)
    assert docs_runner.is_yaml_excerpt("d: some long…\n", whole)
    assert not docs_runner.is_yaml_excerpt("c: [z, x]\n", whole)
    assert not docs_runner.is_yaml_excerpt("b: 2\n", whole)
    assert docs_runner.is_line_excerpt("1\n…\n3\n4\n", "0\n1\n2\n3\n4\n")
    assert not docs_runner.is_line_excerpt("1\n3\n", "1\n2\n3\n")


def test_a_page_may_name_only_what_exists_to_set_up_a_machine() -> None:
    assert docs_runner.is_set_up(["make", "report"])
    assert not docs_runner.is_set_up(["make", "coffee"])
    assert docs_runner.is_set_up(["pip", "install", "-e", ".[docs]"])
    assert not docs_runner.is_set_up(["pip", "install", "-e", ".[nothing]"])
    assert not docs_runner.is_set_up(["curl", "example.org"])


# What is complete


def _field_tables() -> dict[str, dict[str, tuple[bool, str]]]:
    """Fields, whether each is required and what it means, by model, as the pages say."""
    tables: dict[str, dict[str, tuple[bool, str]]] = {}
    for name in PAGES:
        rows: dict[str, tuple[bool, str]] | None = None
        for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                section = SECTION.match(line)
                rows = None if section is None else tables.setdefault(section["model"], {})
            elif rows is not None and (row := ROW.match(line)):
                assert row["field"] not in rows, f"{name}: {row['field']} twice"
                rows[row["field"]] = (row["required"] == "yes", row["meaning"])
    return tables


def _models() -> dict[str, type[BaseModel]]:
    """Every model that a file can hold, by name."""
    found: dict[str, type[BaseModel]] = {}
    ahead = list(SCHEMAS.values())
    while ahead:
        model = ahead.pop()
        if model.__name__ not in found:
            found[model.__name__] = model
            for field in model.model_fields.values():
                ahead += [part for part in _parts(field.annotation) if _is_model(part)]
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in typing.get_args(annotation):
        yield from _parts(argument)


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _options(field: FieldInfo) -> set[str]:
    """The words a field may hold, where there are only some."""
    literals = (p for p in _parts(field.annotation) if typing.get_origin(p) is typing.Literal)
    return {str(option) for literal in literals for option in typing.get_args(literal)}


@pytest.mark.parametrize("name", sorted(_models()))
def test_every_field_of_a_file_is_on_its_page(name: str) -> None:
    model, table = _models()[name], _field_tables().get(name, {})
    assert list(table) == list(model.model_fields)
    for field, info in model.model_fields.items():
        required, meaning = table[field]
        assert required == info.is_required(), f"{name}.{field}"
        missing = {option for option in _options(info) if f"`{option}`" not in meaning}
        assert not missing, f"{name}.{field}"


def test_no_page_describes_a_model_that_is_gone() -> None:
    assert _field_tables().keys() == _models().keys()


def _first_cells(page: str) -> list[str]:
    rows = map(ROW.match, (DOCS / page).read_text(encoding="utf-8").splitlines())
    return [row["field"] for row in rows if row is not None]


def test_every_column_of_the_tables_is_on_its_page(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    ids = {column.id for column in methodology.columns}
    assert _first_cells("files/points.md") == list(POINTS_HEADER)
    assert _first_cells("files/published.md") == [
        column for column in published_header(methodology) if column not in ids
    ]
    ranking = [str(field["name"]) for field in ranking_fields(methodology)]
    assert set(_first_cells("files/output.md")) >= {name for name in ranking if name not in ids}


def test_every_way_and_every_reason_is_on_its_page() -> None:
    points = (DOCS / "files/points.md").read_text(encoding="utf-8")
    assert all(f"`{how}`" in points for how in typing.get_args(How))
    reasons = [*typing.get_args(Exclusion), *typing.get_args(Weakness)]
    assert _first_cells("files/what-counts.md") == reasons


def test_every_schema_is_named() -> None:
    named = {cell for cell in _first_cells("files/editors.md") if cell.startswith("schemas/")}
    assert named == {f"schemas/{name}.json" for name in SCHEMAS}


def test_every_command_shows_its_help() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in main.commands if f"\ncati {name} --help\n" not in text]
    assert not missing


# What is built


class Assets(HTMLParser):
    """What a page loads by itself, its anchors and its code."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.ids.add(found.get("id", ""))
        if tag != "a":
            self.loaded += [found[key] for key in ("src", "href", "srcset", "data") if key in found]
        if tag == "div" and "highlight" in found.get("class", "").split():
            self.code.append(found["class"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as ``make docs`` builds it."""
    pytest.importorskip("material")
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def built(site: Path) -> dict[str, Assets]:
    """What each page of the site holds."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        assets = Assets()
        assets.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(site).as_posix()] = assets
    return found


@pytest.mark.slow
def test_every_page_is_built(built: dict[str, Assets]) -> None:
    assert {f"{name.removesuffix('.md')}.html" for name in PAGES} == built.keys() - {"404.html"}


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(site: Path, built: dict[str, Assets]) -> None:
    for page, assets in built.items():
        for link in assets.loaded:
            assert not re.match(r"[a-z]+:|//", link) or link.startswith("data:"), f"{page}: {link}"
            at_root = link.removeprefix("/") if page == "404.html" else link
            path = (site / page).parent / at_root
            assert link.startswith(("data:", "#")) or path.resolve().exists(), f"{page}: {link}"
    for style in site.rglob("*.css"):
        links = re.findall(r"(?:url\(|@import )[\"']?([^\"')]+)", style.read_text(encoding="utf-8"))
        assert not [link for link in links if re.match(r"https?:|//", link)], style.name


@pytest.mark.slow
def test_every_public_module_is_in_the_python_reference(built: dict[str, Assets]) -> None:
    modules = [module.name for module in pkgutil.walk_packages(cati.__path__, "cati.")]
    packages = {name.rpartition(".")[0] for name in modules}
    public = [name for name in modules if "._" not in name and name not in packages]
    public = [name for name in public if not name.startswith("cati.cli.")]  # see commands.md
    documented = set().union(*(a.ids for page, a in built.items() if page.startswith("api/")))
    assert [name for name in public if name not in documented] == []


@pytest.mark.slow
def test_no_code_stands_outside_a_fenced_block(built: dict[str, Assets]) -> None:
    pages = {name.removesuffix(".md") + ".html": name for name in PAGES}
    for page, assets in built.items():
        fenced = [c for c in assets.code if "doc-signature" not in c]
        if page in pages and not page.startswith("api/"):
            assert len(fenced) == len(docs_runner.page(pages[page]).blocks), page


@pytest.mark.slow
def test_the_site_opens_and_searches_without_a_server(site: Path, browser: Browser) -> None:
    requested: list[str] = []
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.on("request", lambda request: requested.append(request.url))
    page.goto((site / "files/company.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("input[name=query]").click()
    page.keyboard.type("joint venture")
    page.locator(".md-search-result__link").first.wait_for()
    page.close()
    assert [url for url in requested if not url.startswith(("file:", "data:", "blob:"))] == []
