"""密级 marks: this is a non-classified system, and a classified document must never enter it (保密法 第三十五条)."""

from __future__ import annotations

import re

from gongkai.annual.errors import MissingToolError, NotAReportError, ReadError
from gongkai.annual.reader import load
from gongkai.annual.reader.source import Grid
from gongkai.files.errors import ClassifiedError, HostileError
from gongkai.files.pdfium import LOCK

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
_MARK = re.compile(rf"{_LEVEL}\s*[★☆]|[★☆]\s*{_LEVEL}|^\s*{_LEVEL}\s*(?:长期|\d+\s*[年月])?\s*$", re.MULTILINE)
_HEAD_LINES = 60
_NAME = re.compile(r"绝密|机密(?!性)|[（(【\[]秘密[）)】\]]|秘密★")
READABLE = frozenset({"docx", "xlsx", "pdf", "ofd", "text"})


def mark_in(text: str) -> str | None:
    """Return the 密级 mark printed in ``text``, or ``None``. 商业秘密 or 国家秘密 in prose are no marks."""
    found = _MARK.search(text)
    return found.group().strip() if found else None


def check(data: bytes, kind: str, name: str) -> None:
    """Refuse a file whose name or first lines bear a 密级 mark."""
    mark = _NAME.search(name)
    words = mark.group() if mark else None
    if words is None and kind in READABLE:
        words = mark_in(_head(data, name))
    if words is not None:
        raise ClassifiedError(
            f"“{name}”带有密级标志“{words}”。本系统为非涉密系统，涉密文件不得录入（保守国家秘密法第三十五条）。"
            "请按保密规定在涉密载体上办理，并报告本单位保密工作机构；本系统只登记件数。"
        )


def _head(data: bytes, name: str) -> str:
    try:
        with LOCK:
            source = load(data, name=name, ocr=False)
    except (MissingToolError, NotAReportError):  # a scan: nobody can read it here, the secrecy review looks at it
        return ""
    except ReadError as error:
        raise HostileError(f"“{name}”无法检查，未收：{error}") from error
    lines: list[str] = []
    for block in source.blocks[:_HEAD_LINES]:
        lines += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return "\n".join(lines)
