"""``gongkai convert``: a report in another format, by the same form, its values untouched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.output import add_files, complain
from gongkai.cli.run import Run

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

FORMATS = ("docx", "html", "pdf", "xlsx", "json", "csv")
NOT_WRITTEN = 1
"""Exit status when a report was read but could not be written."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of ``gongkai convert``."""
    add_files(parser)
    parser.add_argument("--to", choices=FORMATS, required=True, help="目标格式")
    parser.add_argument("-o", "--output", metavar="OUT", help="输出文件；有多个报告时为文件夹（默认写在原文件旁）")
    parser.add_argument("--force", action="store_true", help="覆盖已有的文件")
    parser.add_argument(
        "--keep-unreadable", action="store_true", help="有单元格未能读出时仍然写出，该处照原样印出连在一起的数字"
    )


def run(arguments: Namespace) -> int:
    """Convert the files; exit with 2 if one could not be read, 1 if one could not be written, else 0."""
    with Run(arguments) as work:
        targets = _targets(work.files, arguments.to, arguments.output)
        status = 0
        several = {target for target, times in Counter(targets).items() if times > 1}
        extra = [(arguments.to, str(target), arguments.force, arguments.keep_unreadable) for target in targets]
        if several:
            for target in sorted(several):
                sources = "、".join(file for file, own in zip(work.files, targets, strict=True) if own == target)
                complain(str(target), f"{sources} 都会写成这个文件，没有转换。请分别指定输出文件")
            return NOT_WRITTEN
        for file, problem in work.each("convert", "转换", extra):
            target = targets[work.files.index(file)]
            if problem is None:
                print(f"{file} → {target}", flush=True)
            else:
                complain(file, problem)
                status = NOT_WRITTEN
    return work.status or status


def _targets(files: Sequence[str], form: str, output: str | None) -> list[Path]:
    """Return where each file is written: beside it, in the folder ``output``, or to the one file ``output``."""
    if output is not None and len(files) == 1 and not output.endswith(("/", "\\")) and not Path(output).is_dir():
        return [Path(output)]
    named = [Path(file) for file in files]
    return [(path.parent if output is None else Path(output)) / f"{path.stem}.{form}" for path in named]
