"""What may stand in a cell: texts, document numbers, days, amounts, years. Each reader names the rule it broke."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from gongkai.text.normalise import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BLANKS = frozenset({"", "-", "—", "——", "/", "\\", "无", "None", "none", "NONE", "null", "NULL", "Null", "N/A", "#N/A"})
"""What people and programs write into an empty cell."""

NUMBER_LENGTH = 80
EARLIEST = date(1949, 10, 1)
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9A-Za-z\u3400-\u9fff〇〔〕（）\-_.·/、]{2,80}")
_PLAIN_NUMBER = re.compile(
    r"(?=[^0-9]*[0-9])(?!\d+(?:\.\d+)?[Ee]|\d{4}[-/.年]\d{1,2}[-/.月])[0-9A-Za-z\u3400-\u9fff〇〔〕\-_.·/、]{2,80}"
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}")
_DATE_LIKE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_YEAR_BRACKETS = re.compile(r"[\[［【〖(（﹝〔]((?:19|20)\d{2})[\]］】〗)）﹞〕]")
_WIDTHS = str.maketrans("０１２３４５６７８９－／．＿()", "0123456789-/._（）")
_DAY = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_FOREIGN_START = ("'=", "'+", "'-", "'@")


class CellError(ValueError):
    """A cell that cannot be taken; the message says which rule it breaks, without the name of the field."""


class Complaints:
    """Everything that is wrong with a row, field by field."""

    def __init__(self, captions: Mapping[str, str]) -> None:
        self._captions = captions
        self.words: list[str] = []

    def add(self, field: str, words: str) -> None:
        """Note what is wrong with ``field``."""
        self.words.append(f"{self._captions[field]}：{words}")

    def take(
        self,
        field: str,
        read: Callable[..., Any],
        *arguments: Any,  # noqa: ANN401 -- whatever ``read`` takes
        required: bool = False,
    ) -> Any:  # noqa: ANN401 -- whatever ``read`` gives
        """Return what ``read`` makes of its arguments; an empty text where it cannot, with the reason noted."""
        try:
            found = read(*arguments)
        except CellError as error:
            self.add(field, str(error))
            return ""
        if required and not found:
            self.add(field, "未填写")
        return found


def text(cell: str, most: int) -> str:
    """Return the cell as one line of at most ``most`` characters, or nothing where it only says that it is empty."""
    words = _SPACES.sub(" ", clean(cell)).strip()
    if words.startswith(_FOREIGN_START):  # the error file put the mark there, so that no program computes the cell
        words = words[1:]
    if words in BLANKS:
        return ""
    if not words.isprintable():
        raise CellError("含有不可见的控制字符，请删除后重新填写")
    if len(words) > most:
        raise CellError(f"有 {len(words)} 个字，超过 {most} 字的上限，请精简")
    return words


def number(cell: str) -> str:
    """Return a document number in one spelling: 〔year〕, half-width digits, no spaces."""
    words = text(cell, 10 * NUMBER_LENGTH).replace(" ", "")
    if not words:
        return ""
    words = _YEAR_BRACKETS.sub(r"〔\1〕", words.translate(_WIDTHS))
    if _SCIENTIFIC.fullmatch(words):
        raise CellError(f"“{words}”是科学计数法，原文号的数字已丢失，请把该列设为文本格式后重新填写")
    if _DATE_LIKE.fullmatch(words):
        raise CellError(f"“{words}”是日期，原文号已被表格软件改动，请把该列设为文本格式后重新填写")
    if not _NUMBER.fullmatch(words) or not any(character.isdigit() for character in words):
        raise CellError(f"“{words[:40]}”不是文号：须有数字，2 至 {NUMBER_LENGTH} 个汉字、字母、数字或括号、横线")
    return words


def is_number(cell: str) -> bool:
    """Tell fast whether ``number`` returns the cell as it is; may say no wrongly, never yes."""
    return _PLAIN_NUMBER.fullmatch(cell) is not None


def day(cell: str, *, latest: date, serial: bool) -> str:
    """Return a day as ISO text, or nothing for a blank; ``serial`` takes Excel's count of days."""
    words = text(cell, 40)
    if not words:
        return ""
    match = _DAY.fullmatch(words.translate(_WIDTHS).replace("年 ", "年").replace("月 ", "月"))
    if match is not None:
        year, month, of_month = (int(part) for part in match.groups() if part is not None)
        try:
            found = date(year, month, of_month)
        except ValueError:
            raise CellError(f"“{words}”不是存在的日期") from None
    elif serial and (match := _SERIAL.fullmatch(words)):
        found = _EXCEL_DAY_ZERO + timedelta(days=int(match.group(1)))
    else:
        raise CellError(f"“{words}”不是日期，请写成 2024-01-31 的形式")
    if found > latest:
        raise CellError(f"{found} 晚于今天（{latest}）")
    if found < EARLIEST:
        raise CellError(f"{found} 早于 {EARLIEST}，请核对年份")
    return found.isoformat()


def fen(cell: str, per_unit: int) -> int:
    """Return an amount in 分; the cell is in units of ``per_unit`` 分. Thousands separators are taken."""
    words = text(cell, 40).translate(_WIDTHS).replace(",", "").replace("，", "").replace(" ", "")
    if not words:
        raise CellError("未填写；没有发生的填 0")
    try:
        amount = Decimal(words) * per_unit
    except InvalidOperation:
        raise CellError(f"“{words}”不是数字，请只填数字，不写单位") from None
    if not amount.is_finite() or amount < 0 or amount >= 10**17:
        raise CellError(f"“{words}”不在可能的范围内，金额不得为负")
    if amount != amount.to_integral_value():
        raise CellError(f"“{words}”的小数超过一分钱")
    return int(amount)


def year(cell: str, latest: int) -> int:
    """Return a year, ``latest`` at most."""
    words = text(cell, 20).translate(_WIDTHS).removesuffix("年度").removesuffix("年").removesuffix(".0")
    if not (words.isascii() and words.isdigit() and len(words) == 4):  # noqa: PLR2004 -- digits of a year
        raise CellError(f"“{words}”不是年度，请写成 2024 的形式" if words else "未填写")
    if not EARLIEST.year <= int(words) <= latest:
        raise CellError(f"{words} 年不在 {EARLIEST.year} 至 {latest} 年之间")
    return int(words)
