"""Files that come in by a form and go out as a download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from gongkai.files.domain import shelf
from gongkai.files.domain.store import MAX_BYTES
from gongkai.files.errors import TooLargeError
from gongkai.files.kinds import MEDIA_TYPES
from gongkai.windows.errors import OnItsWayError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from gongkai.files.models import Blob
    from gongkai.tables.written import Table


def bytes_of(file: UploadedFile) -> bytes:
    """Return what was uploaded; its size is asked before the bytes are read: they must not fill the memory first.

    Raises ``TooLargeError``.
    """
    if file.size > MAX_BYTES:
        size, limit = file.size >> 20, MAX_BYTES >> 20
        raise TooLargeError(f"“{file.name}”有 {size} MB，超过 {limit} MB 的上限。请压缩图片或分成几份。")
    return file.read()


def handed(table: Table) -> HttpResponse:
    """Return a table we made, to be saved."""
    response = HttpResponse(table.data, content_type=table.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=table.name)
    return response


def download(data: bytes, blob: Blob, name: str) -> HttpResponse:
    """Return a file to be saved and never shown in place: its content comes from outside."""
    response = HttpResponse(data, content_type=MEDIA_TYPES.get(blob.kind, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def lent(request: HttpRequest, blob: Blob, name: str) -> HttpResponse:
    """Return a file that everybody may have, to be saved: from among the published ones and from nowhere else.

    Its bytes are read only to be sent: not for whoever has them already, nor for whoever asks for the head alone.
    Raises ``OnItsWayError`` where a window names it and it does not lie there yet.
    """
    response = download(b"", blob, name)
    response["ETag"] = quote_etag(blob.digest)
    response["Content-Length"] = str(blob.size)
    answer = get_conditional_response(request, response["ETag"], None, response)
    if answer is response and request.method != "HEAD":
        try:
            response.content = shelf.read(blob)
        except FileNotFoundError as error:
            raise OnItsWayError(blob.digest) from error
    return answer
