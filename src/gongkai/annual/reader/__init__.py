"""Reading a published annual report, in whatever form it was published."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from gongkai.annual.report import Diagnostic

if TYPE_CHECKING:
    from gongkai.annual.reader.sniff import Format
    from gongkai.annual.reader.source import Source
    from gongkai.annual.report import Report

__all__ = ["load", "read", "read_bytes"]


def read(path: str | Path, *, ocr: bool = True) -> Report:
    """Return the report in the file at ``path``.

    ``ocr=False`` leaves scanned pages unread. Raises a ``ReadError`` (errors.py) where the file, or a report in it,
    cannot be read.
    """
    from gongkai.annual.reader import limits  # noqa: PLC0415 - importing the package must load nothing

    return read_bytes(limits.read_file(Path(path)), name=str(path), ocr=ocr)


def read_bytes(data: bytes, *, name: str, ocr: bool = True) -> Report:
    """Return the report in ``data``; ``name`` is the file's name, used for messages and for its extension."""
    from gongkai.annual.reader.written import report_of  # noqa: PLC0415 - as above

    return report_of(data, file=name) or _recognise(load(data, name=name, ocr=ocr))


def load(file: str | Path | bytes, *, name: str = "", ocr: bool = True) -> Source:
    """Return the file as lines and grids in reading order, whatever its format.

    ``file`` is a path or the bytes themselves; ``name`` stands for the path in messages. The format is decided by the
    content; an extension that says otherwise is the diagnostic ``wrong-extension``. Raises a ``ReadError``.
    """
    from gongkai.annual.reader import limits, sniff  # noqa: PLC0415 - importing the package must load nothing

    if isinstance(file, bytes):
        limits.check_size(len(file), limits.MAX_FILE_BYTES)
        data = file
    else:
        name = name or str(file)
        data = limits.read_file(Path(file))
    kind = sniff.sniff(data)
    source = _load(data, kind, name, ocr=ocr)
    return _with_extension_checked(source, kind, name)


def _load(data: bytes, kind: Format, name: str, *, ocr: bool) -> Source:
    # Each loader is imported only when a file needs it: a web page must not load the PDF libraries.
    module = {"text": "plain", "xls": "doc", "rtf": "doc"}.get(kind, kind.value)
    loader = import_module(f"gongkai.annual.reader.{module}")
    options = {} if ocr or kind.value != "pdf" else {"ocr": False}
    source: Source = loader.load(data, file=name, **options)
    return source


def _recognise(source: Source) -> Report:
    # Loading alone must not need the forms.
    recognise = import_module("gongkai.annual.reader.recognise").recognise
    report: Report = recognise(source)
    return report


def _with_extension_checked(source: Source, kind: Format, name: str) -> Source:
    from dataclasses import replace  # noqa: PLC0415 - as above

    from gongkai.annual.reader.sniff import EXTENSIONS, Format  # noqa: PLC0415 - as above

    if kind is Format.TEXT:
        kind = Format(source.kind)
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension in EXTENSIONS[kind] or not any(extension in known for known in EXTENSIONS.values()):
        return source
    message = f"扩展名是 .{extension}，内容却是 {kind}，已按内容读取。请更正扩展名。"
    diagnostic = Diagnostic("warning", "wrong-extension", message)
    return replace(source, diagnostics=(*source.diagnostics, diagnostic))
