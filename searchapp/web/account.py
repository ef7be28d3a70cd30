"""What does the archive say of itself, to people and to scripts? What it holds, and what is left out and why."""

from __future__ import annotations

from searchapp.left_out import LeftOut
from searchapp.reports.coverage import coverage, files_left_out, taken_down
from searchapp.reports.links import Links
from searchapp.reports.present import Plain
from searchapp.web.archive import Archive


def about(archive: Archive, links: Links) -> Plain:
    """Coverage, files left out, and what was taken down; a public archive does not tell which files and documents."""
    named = not archive.settings.public
    return {
        **coverage(archive.engine, links, archive.deadline()),
        "left_out": files_left_out(LeftOut.read(archive.settings.index), named=named),
        "taken_down": taken_down(archive.removals.listed(), named=named),
    }
