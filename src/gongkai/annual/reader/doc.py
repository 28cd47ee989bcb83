"""Old Word and Excel files and RTF, through the programs that can read them.

LibreOffice keeps the tables; antiword and catdoc give text only. Each runs with a time limit, in a folder and with a
profile of its own, and is killed with its children when the time is up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError, MissingToolError
from gongkai.annual.reader import docx, ole, plain, xlsx
from gongkai.annual.reader.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES, check_size
from gongkai.annual.report import Diagnostic

if TYPE_CHECKING:
    from gongkai.annual.reader.source import Source

TIMEOUT_SECONDS = 60
_OFFICE = ("soffice", "libreoffice")
_TEXT_TOOLS = (("antiword", "-m", "UTF-8.txt", "-w", "0"), ("catdoc", "-d", "utf-8", "-w"))


def load(data: bytes, *, file: str) -> Source:
    """Return the document in ``data`` (old Word, old Excel or RTF).

    With LibreOffice the tables are kept; with antiword or catdoc (old Word only) there is a diagnostic ``text-only``.
    Raises ``MissingToolError`` where no program is installed, ``DamagedFileError`` where the programs fail.
    """
    names = ole.stream_names(data)
    is_sheet = bool(names.keys() & {"Workbook", "Book"})
    suffix = ".xls" if is_sheet else ".doc" if names else ".rtf"
    office = next(filter(None, map(shutil.which, _OFFICE)), None)
    tools = [tool for tool in _TEXT_TOOLS if shutil.which(tool[0])] if suffix == ".doc" else []
    if office is None and not tools:
        raise MissingToolError(
            "读取旧版 Office 文件需要 LibreOffice（soffice）"
            + ("，或 antiword、catdoc" if suffix == ".doc" else "")
            + "。请安装其中之一，或把文件另存为 docx、xlsx 后再读。"
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        original = Path(folder) / f"original{suffix}"
        original.write_bytes(data)
        failure = DamagedFileError("旧版 Office 文件无法转换，可能已损坏。请用 Word 或 WPS 另存为 docx。")
        if office is not None:
            try:
                return _by_office(office, original, file=file, is_sheet=is_sheet)
            except DamagedFileError as error:
                failure = error
        for tool in tools:
            text = _run([*tool, str(original)], Path(folder))
            if text.strip():
                return _text_only(text, tool[0], file)
    raise failure


def _by_office(office: str, original: Path, *, file: str, is_sheet: bool) -> Source:
    folder = original.parent
    target = "xlsx" if is_sheet else "docx"
    # A profile of its own: with the user's, a second LibreOffice hands its work to the first and ends at once.
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    _run([office, *options, "--convert-to", target, "--outdir", str(folder), str(original)], folder)
    converted = original.with_suffix(f".{target}")
    if not converted.is_file():
        raise DamagedFileError("LibreOffice 无法转换这个文件，可能已损坏。请用 Word 或 WPS 另存为 docx。")
    check_size(converted.stat().st_size, MAX_FILE_BYTES)
    load_converted = xlsx.load if is_sheet else docx.load
    return replace(load_converted(converted.read_bytes(), file=file), kind="xls" if is_sheet else "doc")


def _text_only(text: bytes, tool: str, file: str) -> Source:
    check_size(len(text), MAX_TEXT_BYTES)
    source = plain.load(text, file=file)
    message = f"用 {tool} 只能读出文字，表格的单元格可能分不清。安装 LibreOffice 可保留表格。"
    diagnostic = Diagnostic("info", "text-only", message)
    return replace(source, kind="doc", diagnostics=(*source.diagnostics, diagnostic))


def _run(command: list[str], folder: Path) -> bytes:
    """Run the program and return what it printed, nothing where it failed or had to be stopped."""
    printed = folder / "printed"
    with printed.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the program is found on PATH, the file's name is our own
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(TIMEOUT_SECONDS)
        finally:
            _kill(process)
    if process.returncode != 0 or printed.stat().st_size > MAX_TEXT_BYTES:
        return b""
    return printed.read_bytes()


def _kill(process: subprocess.Popen[bytes]) -> None:
    # The whole session: soffice is a script whose child does the work, and either may outlive the other.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
