"""Why a redaction is not made: one class per mistake.

``RedactionError``
├── ``NotRedactableError``   a file that cannot be redacted: its format, a password, damage, no pages, its size
├── ``BoxError``             a box that is none, or no boxes
├── ``RemainingError``       what was covered still stands elsewhere, and nobody confirmed that it may
├── ``NameCarriesError``     the name of the copy says what was covered
└── ``NotProvenError``       the copy could not be proven clean; it is thrown away
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.files.redaction.words import Remaining


class RedactionError(Exception):
    """A redaction that is not made. ``code`` is stable, for machines."""

    code = "redaction"


class NotRedactableError(RedactionError):
    """A file that cannot be redacted."""

    code = "redaction-file"


class BoxError(RedactionError):
    """A box that is none, or no boxes."""

    code = "redaction-box"


class RemainingError(RedactionError):
    """What was covered still stands elsewhere; ``remaining`` says what and where."""

    code = "redaction-remaining"

    def __init__(self, remaining: Sequence[Remaining]) -> None:
        self.remaining = tuple(remaining)
        places = "；".join(f"“{one.word}”见第 {'、'.join(map(str, one.pages))} 页" for one in self.remaining[:5])
        more = f"等 {len(self.remaining)} 处" if len(self.remaining) > len(self.remaining[:5]) else ""
        super().__init__(
            f"遮盖的文字在未遮盖的地方还有：{places}{more}。只遮一处，他处仍可读到。请一并遮盖，或确认这些地方可以保留。"
        )


class NameCarriesError(RedactionError):
    """The name of the copy says what was covered."""

    code = "redaction-name"


class NotProvenError(RedactionError):
    """The copy could not be proven clean; ``findings`` are what the proof found, without the words themselves."""

    code = "redaction-proof"

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            "遮盖件没有通过自动复核，未予保存：" + "；".join(self.findings[:5]) + "。"
            "请把原件打印后扫描成 PDF 再遮盖，并把本提示告知系统管理员。"
        )
