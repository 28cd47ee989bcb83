"""Reports in this project's own data formats: the JSON object and the long CSV table. Nothing has to be recognised."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError, SeveralReportsError

if TYPE_CHECKING:
    from gongkai.annual.report import Report

_MARK = b"\xef\xbb\xbf"
_OBJECT = re.compile(rb'\s*\{\s*"file"\s*:')
_TABLE = b"key,caption,value,state,printed,"


def report_of(data: bytes, *, file: str) -> Report | None:
    """Return the report in ``data``, or ``None`` where ``data`` is of neither of the two formats.

    Raises ``DamagedFileError`` where it is cut off or was changed, ``SeveralReportsError`` where it holds several.
    """
    body = data.removeprefix(_MARK)
    try:
        if _OBJECT.match(body):
            return _from_json(body.decode("utf-8"), file)
        if body.startswith(_TABLE):
            from gongkai.annual.reader.long_table import parse  # noqa: PLC0415 -- most files are neither

            return parse(body.decode("utf-8"), file=file)
    except UnicodeDecodeError as error:
        raise DamagedFileError("文件不是 UTF-8 编码，可能另存时改过。请用未经改动的导出文件重试。") from error
    return None


def _from_json(text: str, file: str) -> Report:
    from gongkai.annual import jsonio  # noqa: PLC0415 -- most files are neither

    try:
        parsed, end = json.JSONDecoder(parse_float=Decimal).raw_decode(text.lstrip())
        if text.lstrip()[end:].strip():
            raise SeveralReportsError("文件里不止一份报告（每行一份）。请每份报告存成一个文件。")
        return replace(jsonio.load(parsed), file=file)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise DamagedFileError("JSON 不完整，或不是年度报告的数据。请用未经改动的导出文件重试。") from error
