"""Why something sent in is not taken: one class per mistake.

``IntakeError``
├── ``UnknownCaseError``      no case under the number and the code (yet)
├── ``UnitsGoneError``        none of the units that were chosen exists any more
└── ``TooMuchError``          more files or bytes than a submission may bring
"""

from __future__ import annotations


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


class UnitsGoneError(IntakeError):
    """A unit that was chosen does not exist any more."""

    code = "intake-unit-gone"


class TooMuchError(IntakeError):
    """More files or bytes than a submission may bring."""

    code = "intake-too-much"
