"""What can prevent a report from being written: one class per mistake.

``WriteError``
├── ``UnknownTargetError``  no writer of that name
├── ``UnplacedCellError``   the report holds cells that no statutory table has a place for
└── ``MissingGlyphError``   the shipped font lacks characters of the report
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class WriteError(Exception):
    """A report could not be written. ``str()`` gives one Chinese line; ``code`` is stable."""

    code = "unwritable"


class UnknownTargetError(WriteError):
    """There is no writer for the format asked for."""

    code = "unknown-target"

    def __init__(self, target: str, known: Iterable[str]) -> None:
        self.target = target
        super().__init__(f"不能写成“{target}”格式。可选的格式：{'、'.join(known)}。")


class UnplacedCellError(WriteError):
    """The report holds cells that no statutory table has a place for. ``keys`` names them."""

    code = "unplaced-cell"

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(
            f"这些数据在法定表格中没有位置：{'、'.join(self.keys)}。写出来就会漏掉它们，所以没有写；"
            "请核对表格版式，或改用 json、csv 格式保存全部数据。"
        )


class MissingGlyphError(WriteError):
    """The font has no glyph for characters of the report. ``characters`` lists them, each once, in order."""

    code = "missing-glyph"

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(characters)
        named = "、".join(f"{character}（U+{ord(character):04X}）" for character in self.characters)
        super().__init__(
            f"内置字体没有这些字：{named}。排出来会成空白方框，所以没有生成 PDF；"
            "请改用 docx 或 html 格式，或指定含有这些字的字体文件夹。"
        )
