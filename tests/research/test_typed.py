"""What people type is held to the form of the files."""

from __future__ import annotations

import pytest

from cati.model.base import Code, Id, Line, NameLine
from cati.problems import UsageError
from cati.research.typed import typed
from tests.cli.running import run
from tests.conftest import Spoilable


def test_what_fits_comes_back() -> None:
    assert typed("the id", Id, "volvo-cars") == "volvo-cars"
    assert typed("a code", Code, "5.3") == "5.3"


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        (Id, "Volvo Cars", "an id of lower-case letters, digits and hyphens"),
        (Code, "5.3.2.1", "a code of one to three numbers"),
        (Line, "", "some text"),
        (Line, "x" * 2_001, "2000 characters"),
        (Line, "x\x07y", "text without control characters; there is U+0007"),
        (NameLine, "x\u202ey", "U+202E as character 2"),
    ],
)
def test_what_does_not_fit_is_named(form: object, value: str, expected: str) -> None:
    with pytest.raises(UsageError) as caught:
        typed("it", form, value)
    assert str(caught.value).startswith("it: expected ")
    assert expected in str(caught.value)


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x07"])
@pytest.mark.parametrize(
    "command",
    [
        "erratum add first --what {} --what-zh 总分 --why w --why-zh 误读 --by M",
        "erratum add first --what w --what-zh 总分 --why w --why-zh 误读 --by {}",
        "edition keep first --by {}",
        "precedent add 1.1.1/dated --text {} --company alpha --by M",
        "precedent add 1.1.1/dated --text t --company alpha --by {}",
        "assign first {} --companies alpha --due 2027-01-01",
        "lock first --assessor {}",
        "confirm first --by {} --reason r",
        "review contact first alpha --outcome sent --by {} --address a@b.example",
        "document add alpha FILE --id x --title t --kind website --language en --link https://{}",
        "evaluation new third --from first --by {}",
        "init new --self-assessment --company {}",
    ],
)
def test_what_nobody_sees_is_refused_and_nothing_written(
    tiny: Spoilable, command: str, hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny.root / "FILE").write_text("<html><p>Text</p></html>", "utf-8")
    monkeypatch.chdir(tiny.root)
    before = {path: path.read_bytes() for path in tiny.root.rglob("*.yaml")}
    typed_in = [word.replace("{}", f"x{hidden}y") for word in command.split()]

    result = run(*typed_in, workspace=tiny.root)

    assert result.exit_code in (1, 2)
    assert f"U+{ord(hidden):04X}" in result.stderr
    assert {path: path.read_bytes() for path in tiny.root.rglob("*.yaml")} == before
