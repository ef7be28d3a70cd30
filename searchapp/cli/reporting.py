"""What is said of a finished run?"""

from __future__ import annotations

import json

import click

from searchapp.ingest.pipeline import IngestReport

MAX_PROBLEMS_SHOWN = 50


def tell_report(report: IngestReport, *, as_json: bool, dry_run: bool) -> None:
    """The account to standard output, what went wrong to standard error; as JSON, one line holds all of it."""
    if as_json:
        click.echo(json.dumps({**report.plain(), "dry_run": dry_run}, ensure_ascii=False))
        return
    click.echo(
        f"seen {report.seen:,} = indexed {report.indexed:,} + unchanged {report.unchanged:,} + "
        f"skipped {report.skipped:,} + failed {report.failed:,}; removed {report.removed:,}, "
        f"withheld {report.withheld:,}"
    )
    click.echo(f"{report.bytes:,} bytes; seconds: {_seconds(report)}")
    _tell_problems(report)
    if dry_run:
        click.echo(f"nothing was changed (dry run, {report.seconds:.1f} s)")
    else:
        click.echo(f"committed generation {report.generation} in {report.seconds:.1f} s")


def _seconds(report: IngestReport) -> str:
    return ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in report.stages.items()) or "none"


def _tell_problems(report: IngestReport) -> None:
    for problem in report.problems[:MAX_PROBLEMS_SHOWN]:
        click.echo(f"{'skipped' if problem.skipped else 'failed'}: {problem}", err=True)
    if len(report.problems) > MAX_PROBLEMS_SHOWN:
        click.echo(f"and {len(report.problems) - MAX_PROBLEMS_SHOWN:,} more: --json lists them all", err=True)
    if report.failed:
        click.echo("--retry-failed reads the failed files again, and nothing else", err=True)
    for key, reason in report.refused[:MAX_PROBLEMS_SHOWN]:
        click.echo(f"refused: {key}: {reason}", err=True)
    if len(report.refused) > MAX_PROBLEMS_SHOWN:
        click.echo(f"and {len(report.refused) - MAX_PROBLEMS_SHOWN:,} more refused: --json lists them all", err=True)
    for name, count in sorted(report.undeclared.items()):
        click.echo(f"not a facet of this archive: {name} ({count:,} documents); facets.yaml can declare it", err=True)
