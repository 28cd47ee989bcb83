"""Why something sent in is not taken: one class per mistake.

``IntakeError``
├── ``UnknownCaseError``      no case under the number and the code (yet)
├── ``EarlyError``            one of the agencies of a form has not got it yet
├── ``UnitsGoneError``        none of the units that were chosen exists any more
└── ``TooMuchError``          more files or bytes than a submission may bring
"""

from __future__ import annotations

import traceback

from gongkai.files.errors import FileRefusedError


class IntakeError(Exception):
    """Something sent in that is not taken. ``code`` is stable, for machines."""

    code = "intake"


class UnknownCaseError(IntakeError):
    """There is no case under the number and the code, or not yet."""

    code = "intake-unknown-case"

    def __init__(self) -> None:
        super().__init__(
            "来件所指的申请不在本系统中：申请本身可能还没有转办。请先处理同一查询索引的公开申请，再重试本件。"
        )


class EarlyError(IntakeError):
    """A confirmation came while the form still waits at one of its agencies (Art 31(3))."""

    code = "intake-early"

    def __init__(self) -> None:
        super().__init__(
            "申请人已经确认，但同一份申请还有机关没有转办：已转办的已登记确认，其余的转办后自动登记"
            "（《政府信息公开条例》第三十一条第三项）。请先处理同一份申请未能转办的原因。"
        )


class UnitsGoneError(IntakeError):
    """A unit that was chosen does not exist any more."""

    code = "intake-unit-gone"


class TooMuchError(IntakeError):
    """More files or bytes than a submission may bring."""

    code = "intake-too-much"


def told(error: Exception) -> str:
    """Return what may be said of ``error`` to an operator and kept in clear.

    Our own errors hold no personal data, but for the names of files; others may quote a value that they refuse.
    """
    if isinstance(error, FileRefusedError):
        return f"附件未收（{error.code}）。请核对附件的格式、大小和病毒扫描服务，然后重试。"
    if type(error).__module__.startswith("gongkai."):
        return str(error)
    return f"程序内部错误（{type(error).__name__}）。请把服务日志反馈给开发者，修复后重试。"


def whereabouts(error: Exception) -> str:
    """Return where ``error`` was raised, for the log: its kind and the lines of the code, without its words."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
