"""The parts of an OFD file that its signature is about, found as GB/T 33190—2016 lays them out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.annual.errors import ReadError
from gongkai.annual.reader.limits import Archive
from gongkai.annual.reader.ofd import MAX_PAGES
from gongkai.annual.reader.ofd_package import Package, child, children, local, text_of
from gongkai.applications.seals.ofd.errors import ContainerError, SeveralSignaturesError, UnsignedError

if TYPE_CHECKING:
    from lxml.etree import _Element

ENTRY = "OFD.xml"


def plain(name: str) -> str:
    """Return a member's name as readers compare it: slashes and capitals differ between producers."""
    return name.replace("\\", "/").lstrip("/").lower()


@dataclass(frozen=True, slots=True)
class Signed:
    """Where the one signature of a file stands; ``seal`` is empty where the seal has no file of its own."""

    listing: str
    path: str
    root: _Element
    info: _Element
    value: str
    seal: str


class Container:
    """An OFD file of one document. Raises ``ContainerError`` where it cannot be read in one way only."""

    def __init__(self, data: bytes) -> None:
        try:
            self.package = Package(Archive(data))
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self.names = [name for name in archive.namelist() if not name.endswith("/")]
            self.entry = self.rooted(ENTRY, "OFD")
            bodies = children(self.entry, "DocBody")
            if len(bodies) != 1 or children(bodies[0], "Versions"):
                raise ContainerError(
                    "OFD 中有几份文档或者几个版本，无法确定哪一份是文书。请另存为只含本件的 OFD 再签章。"
                )
            self.body = bodies[0]
            self.document_path = self.package.resolve("", text_of(child(self.body, "DocRoot")))
            self.document = self.rooted(self.document_path, "Document")
        except ReadError as error:
            raise ContainerError(f"OFD 文件不完整，不能读取：{error}") from error
        if len({plain(name) for name in self.names}) != len(self.names):
            raise ContainerError("OFD 中有同名的部件，不同软件显示的内容可能不同，不予接收。请从签章客户端重新导出。")

    def rooted(self, path: str, name: str) -> _Element:
        """Return the member at ``path``, whose root must be called ``name``: no file is two things at once."""
        root = self.package.xml(path)
        if local(root) != name:
            raise ContainerError(f"OFD 的部件 {path} 不是 {name}，文件结构不正确。请从签章客户端重新导出。")
        return root

    def read(self, path: str) -> bytes:
        """Return the bytes of a member."""
        try:
            return self.package.read(path)
        except ReadError as error:
            raise ContainerError(f"OFD 文件不完整，不能读取：{error}") from error

    @property
    def pages(self) -> dict[str, str]:
        """The path of each page by its identifier, in order. Raises ``ContainerError`` where two share one."""
        listed = [page for holder in children(self.document, "Pages") for page in children(holder, "Page")]
        found = {
            page.get("ID", ""): self.package.resolve(self.document_path, page.get("BaseLoc", "")) for page in listed
        }
        if not found or len(found) != len(listed) or len(listed) > MAX_PAGES:
            raise ContainerError("OFD 没有页面，页面过多，或者有两页编号相同，结构不正确。请从原来的软件重新导出。")
        return found

    @property
    def is_signed(self) -> bool:
        """Whether the file lists signatures at all."""
        return bool(children(self.body, "Signatures"))

    def signed(self) -> Signed:
        """Return the signature. Raises ``UnsignedError`` and ``SeveralSignaturesError``."""
        lists = children(self.body, "Signatures")
        if not lists:
            raise _unsigned()
        try:
            listing = self.package.resolve("", text_of(lists[0]))
            entries = children(self.rooted(listing, "Signatures"), "Signature")
            if not entries:
                raise _unsigned()
            if len(lists) > 1 or len(entries) > 1:
                raise SeveralSignaturesError(
                    f"OFD 中有 {max(len(lists), len(entries))} 个签名：单一机关的文书只盖本机关一枚印章"
                    "（GB/T 9704—2012 7.3.5.1），后加的签名不在先前签名的保护之内。"
                    "请只签章一次；骑缝章在同一次签章中加盖。"
                )
            path = self.package.resolve(listing, entries[0].get("BaseLoc", ""))
            root = self.rooted(path, "Signature")
        except ReadError as error:
            raise ContainerError(f"OFD 的签名不完整，不能读取：{error}") from error
        info = child(root, "SignedInfo")
        if info is None:
            raise ContainerError("OFD 的签名没有签名信息（SignedInfo）。请用签章客户端重新签章。")
        value = self.package.resolve(path, text_of(child(root, "SignedValue")))
        seal = text_of(child(child(info, "Seal"), "BaseLoc"))
        return Signed(listing, path, root, info, value, self.package.resolve(path, seal) if seal else "")


def _unsigned() -> UnsignedError:
    return UnsignedError("OFD 没有签章：答复必须加盖印章。请用签章客户端签章后再传。")
