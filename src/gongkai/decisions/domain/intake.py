"""Taking an uploaded file in: checked, kept, and put in the queue. No row is read into the register here."""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.decisions import rules
from gongkai.decisions.datasets.examining import FIELDS_OF, SUPPLIED, check
from gongkai.decisions.errors import AlreadyImportedError, ImportScopeError
from gongkai.decisions.models import BatchState, ImportBatch
from gongkai.decisions.models.batch import folder
from gongkai.decisions.opening import open_batch
from gongkai.files import scanner, secrecy
from gongkai.files.errors import ClassifiedError
from gongkai.journal.domain.entry import record
from gongkai.tables import captions
from gongkai.tables.errors import FileFormatError, HeaderError
from gongkai.tables.text import EncodingWatch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

MAX_BYTES = 1 << 30
"""One data file; 3.3 million decisions are about half of it."""
_TEXT_NAMES = {".csv", ".txt", ".tsv"}
_HEAD_ROWS = 60
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def receive(
    *, pieces: Iterable[bytes], name: str, dataset: str, kind: str, unit: Unit, user: User, day: date
) -> ImportBatch:
    """Keep a data file for import and return its waiting batch.

    ``kind`` is the kind of all decisions of the file, or empty where a column says it; ``unit`` stands for rows that
    name none. Raises a ``DecisionsError`` or a ``FileRefusedError``: size, format, encoding, captions, 密级 mark,
    virus, or the same file imported before. The bytes are flushed to disk before the batch exists.
    """
    if not rules.may_import(scope_of(user, day), unit.pk):
        raise ImportScopeError(f"您不能为机构 {unit.code} 上传数据。请由该机构的经办人、工作机构负责人或主管部门上传。")
    secrecy.check(b"", "", name)
    batch = ImportBatch(
        size=0, dataset=dataset, kind=kind, unit=unit, user=user, name=PurePath(name).name[-200:], day=day
    )
    path = _write(pieces, batch)
    try:
        batch.format = _format(path, name)
        _check_repeated(batch)
        path.replace(batch.source_path)
        path = batch.source_path
        _check_content(batch)
        with transaction.atomic():
            batch.save()
            record(
                act="decisions.received",
                actor=actor_of(user, unit),
                subject=f"decisions.batch:{batch.pk}",
                detail={"name": batch.name, "sha256": batch.digest, "bytes": batch.size, "dataset": dataset},
            )
    except BaseException:
        if path != batch.source_path or not ImportBatch.objects.filter(digest=batch.digest).exists():
            path.unlink(missing_ok=True)
        raise
    return batch


def _write(pieces: Iterable[bytes], batch: ImportBatch) -> Path:
    """Write the upload beside its later place; note its size, digest and encoding."""
    folder().mkdir(parents=True, exist_ok=True)
    digest, watch, head = hashlib.sha256(), EncodingWatch(), b""
    descriptor, temporary = tempfile.mkstemp(dir=folder(), prefix=".incoming-")
    path = Path(temporary)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for piece in pieces:
                head = head or piece[:4]
                batch.size += len(piece)
                _check_size(batch.size)
                digest.update(piece)
                if not head.startswith((b"PK", _OLD_EXCEL)):
                    watch.feed(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        _check_size(batch.size)
        batch.digest = digest.hexdigest()
        batch.encoding = "" if head.startswith((b"PK", _OLD_EXCEL)) else watch.found()
    except BaseException:
        path.unlink()
        raise
    return path


def _check_size(size: int) -> None:
    if not size:
        raise FileFormatError("这是空文件。请重新选择。")
    if size > MAX_BYTES:
        raise FileFormatError(f"文件超过 {MAX_BYTES >> 20} MB 的上限。请按年度或机构分成几个文件上传。")


def _format(path: Path, name: str) -> str:
    with path.open("rb") as stream:
        head = stream.read(4)
        if os.fstat(stream.fileno()).st_size:
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                scanner.scan(data, name)
    if head == _OLD_EXCEL:
        raise FileFormatError(f"“{name}”是旧版 Excel（xls）或加密的工作簿。请另存为不加密的 xlsx 或 CSV 后上传。")
    extension = PurePath(name).suffix.lower()
    found = "xlsx" if head.startswith(b"PK") else "csv"
    if (found == "xlsx") != (extension == ".xlsx") or (found == "csv" and extension not in _TEXT_NAMES):
        raise FileFormatError(
            f"“{name}”的内容{'是工作簿或压缩包' if found == 'xlsx' else '是文本'}，与扩展名不符。"
            "只接收 xlsx 工作簿和 CSV 文本表格，请核对文件。"
        )
    return found


def _check_repeated(batch: ImportBatch) -> None:
    same = ImportBatch.objects.filter(
        digest=batch.digest, dataset=batch.dataset, kind=batch.kind, unit=batch.unit
    ).exclude(state=BatchState.FAILED)
    for earlier in same:
        if earlier.is_open:
            raise AlreadyImportedError(f"同一文件（第 {earlier.pk} 批）正在导入，无须再次上传。请在批次页查看进度。")
        if earlier.rows_bad == 0:
            raise AlreadyImportedError(
                f"同一文件已于 {earlier.day} 全部导入（第 {earlier.pk} 批，{earlier.rows_read} 行），没有新增数据。"
                "如有更正，请上传更正后的文件。"
            )


def _check_content(batch: ImportBatch) -> None:
    """Demand captions in one sheet at least, and no 密级 mark in the first rows of any."""
    reader = open_batch(batch)
    refusal: HeaderError | None = None
    found = False
    try:
        for sheet in reader.sheets():
            head = list(islice(sheet.rows, _HEAD_ROWS))
            mark = secrecy.mark_in("\n".join(cell for row in head for cell in row))
            if mark is not None:
                raise ClassifiedError(
                    f"“{batch.name}”带有密级标志“{mark}”。本系统为非涉密系统，涉密文件不得录入"
                    "（保守国家秘密法第三十五条）。请按保密规定在涉密载体上办理，并报告本单位保密工作机构。"
                )
            where = f"工作表“{sheet.name}”" if sheet.name else "文件"
            try:
                layout = captions.find(iter(head), FIELDS_OF[batch.dataset], SUPPLIED, where)
            except HeaderError as error:
                refusal = refusal or error
            else:
                if layout is not None:
                    check(batch, layout)
                    found = True
    finally:
        reader.close()
    if not found:
        raise refusal or FileFormatError("文件里没有数据。请核对是否选错了文件。")
