"""What is to be seen in an OFD file: its pages as drawn, and what lies over or beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.reader.ofd_package import child, descendants, text_of
from gongkai.annual.reader.ofd_pages import Drawing, Resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.seals.ofd.container import Container

_DRAWN = ("TextObject", "PathObject", "ImageObject", "CompositeObject")


def drawing_of(container: Container) -> Drawing:
    """Return the pages as they are drawn, in order. Raises a ``ReadError``."""
    resources = Resources(container.package, container.document_path, child(container.document, "CommonData"))
    drawing = Drawing()
    for path in container.pages.values():
        drawing.page(resources, path)
    return drawing


def beside(container: Container) -> Iterator[str]:
    """Yield what a reader of the file sees that does not stand on its pages. Raises a ``ReadError``."""
    for holder, what in (("Annotations", "批注或者水印"), ("Attachments", "附件")):
        listing = text_of(child(container.document, holder))
        if not listing:
            continue
        path = container.package.resolve(container.document_path, listing)
        root = container.package.xml(path)
        if holder == "Attachments":
            is_there = bool(descendants(root, "Attachment"))
        else:
            files = [text_of(one) for one in descendants(root, "FileLoc")]
            drawn = [container.package.xml(container.package.resolve(path, file)) for file in files if file]
            is_there = any(descendants(one, name) for one in (root, *drawn) for name in _DRAWN)
        if is_there:
            yield what
