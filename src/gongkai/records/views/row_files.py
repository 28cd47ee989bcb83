"""Files of rows that come in by a form: who may send one, its bytes, and the rows that were not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gongkai.accounts.models import Role
from gongkai.files.http import handed
from gongkai.tables.written import MEDIA, Table

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from gongkai.records.errors import RecordError


class Import(Protocol):
    """A file that was read: its name, and as csv the rows that were not taken, each with what is wrong."""

    name: str
    errors: str


def keepers(request: HttpRequest) -> frozenset[int]:
    """Return the units that exist whose lists the person keeps."""
    return request.scope.of(Role.HANDLER, Role.OFFICE_HEAD) & {node.id for node in request.tree}


def uploaded(file: UploadedFile, most: int, refused: type[RecordError]) -> bytes:
    """Return the bytes of a file; one of more than ``most`` is ``refused``."""
    # The size is asked before the bytes are read: a file over the limit must not fill the memory first.
    if file.size > most:
        raise refused(f"“{file.name}”超过 {most >> 20} MB。请分成几份。", {"file": "文件过大。"})
    return file.read()


def returned(found: Import) -> HttpResponse:
    """Send the rows that were not taken, to be corrected and read again."""
    name = f"未导入-{found.name.rsplit('.', 1)[0]}.csv"
    return handed(Table(name, MEDIA["csv"], found.errors.encode("utf-8-sig")))
