"""What a worker process does with a file. Everything here may be slow, greedy or fail: that is why it runs there.

A report travels between processes as ``Loaded.packed``, bytes that only another task unpacks where nobody needs to look
inside.
"""

from __future__ import annotations

import copyreg
import io
import os
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

_THERE = "{} 已经存在，没有覆盖。确要覆盖的，请加 --force"
_SAYING_WHAT_IS_UNREAD = ("json", "csv")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report that was read. Reports with the same ``series`` are years of one body; ``None`` stands alone.

    ``marks`` are the numbers of its long paragraphs: reports of two bodies without a common one need no comparing.
    """

    file: str
    series: str | None
    packed: bytes
    marks: frozenset[int] = frozenset()

    @property
    def report(self) -> Report:
        """The report itself."""
        found: Report = pickle.loads(self.packed)  # noqa: S301 -- packed by our own worker
        return found


def _read_only(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(mapping)


def _as_dict(mapping: MappingProxyType[object, object]) -> tuple[Any, ...]:
    return _read_only, (dict(mapping),)


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy() | {MappingProxyType: _as_dict}


def pack(report: Report, series: str | None = None, marks: frozenset[int] = frozenset()) -> Loaded:
    """Return ``report`` ready to travel."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL).dump(report)
    return Loaded(report.file, series, stream.getvalue(), marks)


def load(file: str) -> Loaded:
    """Read ``file``. Raises ``ReadError``."""
    return pack(_read(file))


def load_for_audit(file: str) -> Loaded:
    """Read ``file`` and say to which series it belongs. Raises ``ReadError``."""
    from gongkai.annual.audit.bodies import paragraph_marks  # noqa: PLC0415 -- only this task needs it
    from gongkai.annual.audit.series import body_key  # noqa: PLC0415 -- as above

    report = _read(file)
    return pack(report, None if report.year is None else body_key(report), paragraph_marks(report))


def read_json(file: str) -> str:
    """Read ``file`` and return it as one line of JSON (contract). Raises ``ReadError``."""
    from gongkai.annual import jsonio  # noqa: PLC0415 -- only this task needs it

    return jsonio.dumps(_read(file))


def audit(
    reports: Sequence[Loaded], level: str | None, overview_limit: int | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """Audit the reports of one body together and return the findings of each."""
    from gongkai.annual.audit import audit_series  # noqa: PLC0415 -- reading alone must not load the rules

    return audit_series([loaded.report for loaded in reports], level=level, overview_limit=overview_limit)


def convert(file: str, form: str, target: str, force: bool, keep_unreadable: bool) -> str | None:
    """Read ``file`` and write it as ``form`` to ``target``; return why it was not written, or ``None``.

    An existing target is only replaced with ``force``. A report with cells that could not be read is written for people
    only with ``keep_unreadable``: digits that ran together must not look like a number. Raises ``ReadError``.
    """
    from gongkai.annual.writer import WriteError, write  # noqa: PLC0415 -- only this task needs it

    report = _read(file)
    if report.unreadable and form not in _SAYING_WHAT_IS_UNREAD and not keep_unreadable:
        return (
            f"有 {len(report.unreadable)} 处未能读出（{'、'.join(report.unreadable)}），没有写成 {form}。"
            "请先在原文件里核对这些数；改用 json 或 csv 可保留候选值，或加 --keep-unreadable 照原样印出"
        )
    path = Path(target)
    if path.exists() and not force:
        return _THERE.format(target)
    try:
        data = write(report, form)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(path)
    except WriteError as error:
        return str(error)
    except OSError as error:
        return f"{target} 写不进去（{error.strerror}）。请检查路径和权限"
    return None


def _read(file: str) -> Report:
    from gongkai.annual.reader import read  # noqa: PLC0415 -- loaded once in a worker, never in the command itself

    return replace(read(Path(file)), file=file)
