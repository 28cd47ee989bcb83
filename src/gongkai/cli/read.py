"""``gongkai read``: every cell of published annual reports, as one line of JSON per file or as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.output import add_files, console, print_lines
from gongkai.cli.run import Run

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of ``gongkai read``."""
    add_files(parser)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="json：每个文件一行；table：供人阅读（默认）"
    )


def run(arguments: Namespace) -> int:
    """Read the files; exit with 2 if one could not be read, else 0."""
    with Run(arguments) as work:
        if arguments.format == "json":
            print_lines(line for _, line in work.each("read_json", "读取"))
            return work.status
        from gongkai.cli.tables import report_view  # noqa: PLC0415 -- only for people

        screen = console()
        for _, loaded in work.each("load", "读取"):
            screen.print(report_view(loaded.report))
    return work.status
