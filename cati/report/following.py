"""Whether a published folder is what was published, and still follows from the files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cati.model.language import Language
from cati.problems import UsageError, shown
from cati.report.language import translations
from cati.report.manifest import Manifest, digests, manifest_of, read_manifest
from cati.report.publish import OUT, edition_of, render
from cati.report.release import not_as_kept
from cati.scoring.scorecard import Basis
from cati.workspace import Workspace

SHOWN = 20
"""Names that a list shows before it only counts."""


@dataclass(frozen=True)
class Differences:
    """How two lists of checksums differ, by file.

    Attributes
    ----------
    changed, missing, added : tuple of str
        Of the second, against the first.
    """

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @classmethod
    def between(cls, before: Mapping[str, str], after: Mapping[str, str]) -> Differences:
        """What became of the files of the first list in the second."""
        return cls(
            tuple(sorted(f for f in before.keys() & after.keys() if before[f] != after[f])),
            tuple(sorted(before.keys() - after.keys())),
            tuple(sorted(after.keys() - before.keys())),
        )

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


@dataclass(frozen=True)
class Following:
    """What became of a published folder, and why.

    Attributes
    ----------
    files : int
        How many files its manifest lists.
    tampered : Differences
        Between its manifest and what lies in it.
    stale : Differences
        Between its manifest and what is rendered today.
    inputs : Differences
        Between what it was made from and today's files.
    versions : dict of str to (str, str)
        Programs that were of another version: then, now; empty where there was or is none.
    refused : tuple of str
        Why it could not be published today as what it is, a line each: its files are not those
        of the edition that was kept.
    """

    files: int
    tampered: Differences
    stale: Differences
    inputs: Differences
    versions: dict[str, tuple[str, str]]
    refused: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was changed in the folder and all of it still follows."""
        return not self.tampered and not self.stale and not self.refused


def follow(workspace: Workspace, evaluation: str, folder: Path) -> Following:
    """Render an edition again and compare it with a published folder.

    Basis and mark are those of the folder's manifest. Nothing is written to it.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Its id.
    folder : Path
        What was published, as it lies there now; it may come from anybody.

    Raises
    ------
    UsageError
        If there is no manifest in it, or that of another evaluation or methodology.
    CatiError
        If the manifest, or something else in the folder, cannot be read.
    ProblemsError
        If the files of the workspace have errors.
    """
    manifest = read_manifest(folder)
    if manifest.evaluation != evaluation:
        raise UsageError(f"{folder} is of {shown(manifest.evaluation)}, not of {evaluation}")
    methodology = workspace.evaluation(evaluation).methodology
    if manifest.methodology != methodology:
        raise UsageError(f"{folder} is by {shown(manifest.methodology)}, not by {methodology}")
    today = manifest_today(
        workspace,
        evaluation,
        manifest.basis,
        draft=manifest.draft,
        incomplete=manifest.incomplete,
    )
    refused = () if manifest.draft else tuple(not_as_kept(workspace, evaluation))
    return replace(compare(manifest, digests(folder), today), refused=refused)


def manifest_today(
    workspace: Workspace,
    evaluation: str,
    basis: Basis,
    *,
    draft: bool = False,
    incomplete: bool = False,
) -> Manifest:
    """What the manifest of an edition would say if it were published today.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        If there is no such evaluation, or it has no points on this basis.
    """
    edition = edition_of(workspace, evaluation, basis, draft=draft, incomplete=incomplete)
    with tempfile.TemporaryDirectory(prefix="cati-") as temporary:
        fresh = Path(temporary) / OUT
        render(edition, fresh)
        return manifest_of(edition, fresh)


def compare(published: Manifest, lying: Mapping[str, str], today: Manifest) -> Following:
    """Set a manifest beside what lies in its folder and what would be published today.

    Parameters
    ----------
    published : Manifest
    lying : mapping of str to str
        Checksums of what is in its folder now, as `digests` gives them.
    today : Manifest
    """
    return Following(
        files=len(published.files),
        tampered=Differences.between(published.files, lying),
        stale=Differences.between(published.files, today.files),
        inputs=Differences.between(published.inputs, today.inputs),
        versions=_other_versions(published.versions, today.versions),
    )


def _other_versions(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    names = sorted(then.keys() | now.keys())
    pairs = {name: (then.get(name, ""), now.get(name, "")) for name in names}
    return {name: (was, is_now) for name, (was, is_now) in pairs.items() if was != is_now}


def following_lines(found: Following, language: Language) -> Iterator[str]:
    """What became of a published folder, in sentences.

    Parameters
    ----------
    found : Following
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    if found.tampered:
        yield _("The folder is not what was published:")
        yield from _difference_lines(found.tampered, language)
    else:
        yield _("The folder agrees with its own manifest: {n} files.").format(n=found.files)
    if not found.stale:
        yield _("Every published file follows from today's files.")
    else:
        yield _("These files no longer follow:")
        yield from _difference_lines(found.stale, language)
    yield from _cause_lines(found, language)
    if found.refused:
        yield _("Today it would be refused as a final report:")
        yield from (f"  {line}" for line in found.refused)


def _cause_lines(found: Following, language: Language) -> Iterator[str]:
    _ = translations(language).gettext
    if found.inputs:
        yield _("What it was made from has changed:")
        yield from _difference_lines(found.inputs, language)
    else:
        yield _("What it was made from has not changed.")
    for name, (was, is_now) in found.versions.items():
        yield _("{name}: {was} then, {now} now").format(
            name=shown(name)[1:-1], was=_version(was, language), now=_version(is_now, language)
        )
    if found.stale and not found.inputs and not found.versions:
        yield _("Files and versions are the same: the manifest was changed.")


def _version(version: str, language: Language) -> str:
    return shown(version)[1:-1] if version else translations(language).gettext("none")


def _difference_lines(found: Differences, language: Language) -> Iterator[str]:
    _ = translations(language).gettext
    for files, text in (
        (found.changed, _("changed: {file}")),
        (found.missing, _("missing: {file}")),
        (found.added, _("added: {file}")),
    ):
        for file in files[:SHOWN]:
            yield "  " + text.format(file=shown(file)[1:-1])
        if len(files) > SHOWN:
            yield "  " + text.format(file=_("and {n} more").format(n=len(files) - SHOWN))
