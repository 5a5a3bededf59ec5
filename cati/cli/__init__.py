"""The command line. Commands read arguments, call the rooms and print; no logic lives here.

One module for each kind of work. Heavy imports stand inside the commands, so
that ``cati --help`` is quick.
"""

from __future__ import annotations

from pathlib import Path

import click

from cati import __version__
from cati.cli import (
    agreement,
    analysis,
    claims,
    documents,
    errata,
    files,
    planning,
    review,
    scores,
    seasons,
    self_assessment,
    workbooks,
)
from cati.cli.base import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cati")
@click.option(
    "-C",
    "--workspace",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder of the workspace; the current one unless given.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Score automakers on climate action: open, exact and explained."""
    context.obj = folder


for command in (
    files.init,
    files.check,
    files.format_command,
    files.migrate,
    scores.score,
    scores.explain,
    scores.verify,
    scores.derive,
    scores.show,
    scores.report,
    claims.claims,
    claims.groups,
    analysis.uncertainty,
    analysis.sensitivity,
    analysis.what_if,
    planning.roadmap,
    planning.change,
    self_assessment.self_assess,
    seasons.evaluation,
    seasons.confirm,
    seasons.assign,
    seasons.progress,
    documents.document,
    documents.find,
    documents.queue,
    documents.quote,
    workbooks.workbook,
    agreement.lock,
    agreement.agree,
    agreement.reconcile,
    agreement.precedent,
    agreement.calibrate,
    errata.edition,
    errata.erratum,
    review.review,
):
    main.add_command(command)
