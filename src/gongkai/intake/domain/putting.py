"""Putting what the public sends into the queue: rows are inserted, and none is read.

The portal's role of the database may do nothing else, so the keys are made here and not by the database.
"""

from __future__ import annotations

import sqlite3
import uuid
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.accounts.sealing import seal, seal_bytes
from gongkai.files import kinds, scanner, secrecy
from gongkai.files.errors import TooLargeError
from gongkai.intake.errors import TooMuchError
from gongkai.intake.messages import PURPOSE, sealed
from gongkai.intake.models import Submission, SubmissionFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.intake.messages import Attachment, Message

MOST_FILES = 8
MOST_BYTES_EACH = 10 << 20
MOST_BYTES = 20 << 20
MOST_NAME = 120
_UNIQUE_VIOLATION = "23505"
"""The code of PostgreSQL; the key is all that is unique in either table."""


def submission_id(ticket: str, message: str, files: Sequence[Attachment] = ()) -> uuid.UUID:
    """Return the key of a submission: the same form sent twice with the same words is one, with others it is another.

    ``ticket`` names the page that the form was on, ``message`` is what it says in clear.
    """
    digest = sha256(message.encode())
    for one in files:
        digest.update(sha256(one.name.encode()).digest() + sha256(one.data).digest())
    return uuid.uuid5(uuid.UUID(ticket), digest.hexdigest())


def check_total(files: Sequence[Attachment]) -> None:
    """Refuse too many files, or too much of them together. Raises ``TooMuchError``."""
    if len(files) > MOST_FILES:
        raise TooMuchError(f"共 {len(files)} 个附件，超过 {MOST_FILES} 个的上限。请合并后再提交。")
    total = sum(len(one.data) for one in files)
    if total > MOST_BYTES:
        raise TooMuchError(
            f"附件共 {total >> 20} MB，超过合计 {MOST_BYTES >> 20} MB 的上限。请压缩图片，或者只提交必要的页。"
        )


def check(file: Attachment) -> None:
    """Look at a file as the store will, while the person is still there: size, format, 密级 mark, virus.

    Raises a ``FileRefusedError``.
    """
    if not file.data:
        raise TooLargeError(f"“{file.name}”是空文件。请重新选择。")
    if len(file.data) > MOST_BYTES_EACH:
        raise TooLargeError(
            f"“{file.name}”有 {len(file.data) >> 20} MB，超过 {MOST_BYTES_EACH >> 20} MB 的上限。请压缩后再提交。"
        )
    secrecy.check(file.data, kinds.kind_of(file.data, file.name), file.name)
    scanner.scan(file.data, file.name)


def put(
    *, message: Message, today: date, key: str = "", files: Sequence[Attachment] = (), pk: uuid.UUID | None = None
) -> bool:
    """Put ``message`` and its ``files`` into the queue; ``False`` where ``pk`` is there already: it was sent twice.

    ``key`` is that of the number and the code. The files were looked at by ``check`` and ``check_total``.
    """
    row = Submission(
        id=pk or uuid.uuid4(),
        kind=message.kind,
        key=key,
        content=sealed(message),
        arrived_on=today,
        arrived_at=timezone.now(),
    )
    papers = [
        SubmissionFile(
            submission=row,
            position=place,
            kind=one.kind,
            name=seal(one.name[-MOST_NAME:], PURPOSE),
            data=seal_bytes(one.data, PURPOSE),
        )
        for place, one in enumerate(files)
    ]
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            for paper in papers:
                paper.save(force_insert=True)
    except IntegrityError as error:
        if not _is_there(error):
            raise
        return False
    return True


def _is_there(error: IntegrityError) -> bool:
    """Tell whether a key was there already, as the database's driver says it: whoever may not read cannot look."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
    return getattr(cause, "sqlstate", "") == _UNIQUE_VIOLATION
