"""What the reader refuses before it costs memory or time: sizes, archives and XML built to exhaust it.

The limits keep one file under 512 MB of memory. They are far above every published report seen: those are under 1 MB
of text and under 10 MB with their pictures.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError, HostileFileError, ProtectedFileError, TooLargeError

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element, _ListErrorLog

_MB = 1 << 20
MAX_FILE_BYTES = 64 * _MB
"""A file above this is refused before it is opened."""
MAX_TEXT_BYTES = 16 * _MB
"""Text and HTML above this are refused: a parsed page takes many times its size."""
MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 16 * _MB
"""An XML member of a docx, xlsx or ofd above this is refused."""
MAX_UNPACKED_BYTES = 512 * _MB
MAX_RATIO = 100
MAX_TAGS = 500_000
"""Tags in one page or XML member; a large report has a few thousand."""
MAX_LINES = 500_000
MAX_NESTING = 64
"""Tables inside each other; pages laid out in tables have about ten."""
MAX_ATTRIBUTES = 2_000
"""Attributes of one tag: the parser compares each with all before it."""
MAX_POSITIONS = 1_000_000
"""Positions (rows × columns) of one table."""

_SAFE_BYTES = 128 * 1024  # even a single tag of this size is parsed in a second
_UNPARSED = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_OPENING = re.compile(rb"<[A-Za-z]")
_ATTRIBUTE = re.compile(rb"=\s*+(?:\"[^\"]*+\"|'[^']*+')|>|[\s/]++")
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E|<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")


def read_file(path: Path) -> bytes:
    """Return the bytes of the file at ``path``; a file over the limit is refused unread.

    Raises ``TooLargeError`` and ``DamagedFileError`` (no such file, a folder, no permission).
    """
    try:
        if not path.is_file():
            what = (
                "这是一个文件夹，不是文件。请指定文件夹中的文件。" if path.is_dir() else "找不到这个文件。请核对路径。"
            )
            raise DamagedFileError(what)
        check_size(path.stat().st_size, MAX_FILE_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise DamagedFileError(f"打不开这个文件（{error.strerror}）。请检查文件权限和磁盘。") from error


def check_size(size: int, limit: int) -> None:
    """Refuse an empty file and one of more than ``limit`` bytes."""
    if size == 0:
        raise DamagedFileError("文件是空的（0 字节）。请重新下载或重新导出。")
    if size > limit:
        raise TooLargeError(
            f"文件有 {size / _MB:.0f} MB，超过 {limit // _MB} MB 的上限。请确认这是年度报告，或删去其中的图片后另存。"
        )


def check_tags(data: bytes) -> None:
    """Refuse markup with more tags than any report has."""
    if data.count(b"<") > MAX_TAGS:
        raise HostileFileError(f"文件中的标签超过 {MAX_TAGS} 个，不像年度报告，已停止读取。请核对文件来源。")


def check_attributes(data: bytes) -> None:
    """Refuse a page with a tag of so many attributes that parsing it takes minutes."""
    if len(data) <= _SAFE_BYTES:
        return
    data = _UNPARSED.sub(b"", data)
    opening = _OPENING.search(data)
    while opening is not None:
        end = len(data)
        # Each attribute counts at most twice: the space before it and its quoted value.
        for number, part in enumerate(_ATTRIBUTE.finditer(data, opening.end())):
            if part[0] == b">":
                end = part.end()
                break
            if number > 2 * MAX_ATTRIBUTES:
                raise HostileFileError(f"一个标签的属性超过 {MAX_ATTRIBUTES} 个，已停止读取。请核对文件来源。")
        opening = _OPENING.search(data, end)


def check_positions(height: int, width: int) -> None:
    """Refuse a table whose spans reach over more positions than any report has."""
    if height * width > MAX_POSITIONS:
        raise HostileFileError(f"表格声称有 {height} 行 × {width} 列，超过上限，已停止读取。请核对文件来源。")


class Archive:
    """The members of a zip file (docx, xlsx, ofd), read one by one under the limits."""

    def __init__(self, data: bytes) -> None:
        """Raise ``DamagedFileError``, ``HostileFileError`` or ``ProtectedFileError`` where it cannot be trusted."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise DamagedFileError("压缩结构不完整，文件可能没有下载完。请重新下载或重新导出。") from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise HostileFileError(
                f"文件内含 {len(members)} 个部件，超过 {MAX_MEMBERS} 个的上限，疑似压缩炸弹，已停止读取。"
            )
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES or any(map(_is_bomb, members)):
            raise HostileFileError("文件解压后异常庞大，疑似压缩炸弹，已停止读取。请核对文件来源。")
        self._members = {member.filename: member for member in members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the archive."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of the member ``name``; a missing one means the file is damaged."""
        member = self._members.get(name)
        if member is None:
            raise DamagedFileError(f"文件缺少必需的部件 {name}。请用原来的软件重新保存。")
        if member.flag_bits & 1:
            raise ProtectedFileError("文件设有密码。请用原来的软件取消密码后另存。")
        if member.file_size > MAX_MEMBER_BYTES:
            raise TooLargeError(f"部件 {name} 解压后有 {member.file_size / _MB:.0f} MB，超过上限。请核对文件来源。")
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise DamagedFileError(f"部件 {name} 已损坏，文件可能没有下载完。请重新下载或重新导出。") from error

    def xml(self, name: str) -> _Element:
        """Return the parsed member ``name``."""
        return parse_xml(self.read(name), name)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > MAX_MEMBER_BYTES and member.file_size > MAX_RATIO * member.compress_size


def parse_xml(data: bytes, name: str) -> _Element:
    """Return the root of the XML in ``data``: no entities, no network, bounded depth; ``name`` is for messages.

    Office and OFD files never declare a document type: one that does is refused (``HostileFileError``) before parsing.
    """
    from lxml import etree  # noqa: PLC0415 - reading plain text must not load a parser

    check_tags(data)
    if _DOCTYPE.search(data):
        raise HostileFileError(f"部件 {name} 声明了实体或文档类型，正常文件不会有，已停止读取。请核对文件来源。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if was_stopped(parser.error_log):
            raise HostileFileError(f"部件 {name} 的嵌套或长度异常，已停止读取。请核对文件来源。") from error
        raise DamagedFileError(f"部件 {name} 的内容不完整。请用原来的软件重新保存。") from error


def was_stopped(log: _ListErrorLog) -> bool:
    """Tell from the parser's log whether it stopped at one of its own limits (256 levels, 10 MB in one text)."""
    return any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in log)
