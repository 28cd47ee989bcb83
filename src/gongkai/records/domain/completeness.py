"""What a draft must say before it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.files.secrecy import mark_in
from gongkai.records.errors import ClassifiedTextError, DuplicateNumberError, IncompleteError, ScopeMismatchError
from gongkai.records.models import Attribute, Category, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT_FIELDS = ("title", "document_number", "summary", "keywords", "reason", "body")


def check(record: Record) -> None:
    """Raise a ``RecordError`` that names every field at fault and the rule."""
    check_alone(record)
    _check_number(record)


def check_alone(record: Record) -> None:
    """Do the same without asking whether another record has the 文号: whoever writes many asks that once for all."""
    missing = dict(_missing(record))
    if missing:
        raise IncompleteError("内容不完整：" + "".join(missing.values()), missing)
    _check_attribute(record)
    _check_marks(record)


def _missing(record: Record) -> Iterator[tuple[str, str]]:
    if not record.title:
        yield "title", "请填写标题。"
    if record.made_on is None:
        yield "made_on", "请填写生成日期：公开期限自该日起算（条例第二十六条）。"
    if record.attribute not in Attribute.values:
        yield "attribute", "请确定公开属性：拟稿时即应注明（国办发〔2016〕80号）。"
    elif record.attribute != Attribute.PROACTIVE and not record.reason:
        yield "reason", "不主动公开的，须写明理由，否则不予办理（国办发〔2016〕80号）。"
    if record.attribute == Attribute.WITHHELD and not record.clause:
        yield "clause", "不予公开须写明依据的条款（条例第十四至十六条）。"
    if record.attribute == Attribute.WITHHELD and record.reassess_on is None:
        yield "reassess_on", "不予公开的信息须定期评估，请填写重新评估日（条例第十八条）。"
    if record.category == Category.INTERPRETATION and record.interprets_id is None:
        yield "interprets", "请选择所解读的文件。"


def _check_attribute(record: Record) -> None:
    if record.attribute == Attribute.PROACTIVE and record.clause:
        raise ScopeMismatchError("主动公开的信息不应填写不公开依据。", {"clause": "请清空，或改变公开属性。"})
    if record.reassess_on is not None and record.reassess_on <= record.made_on:
        raise ScopeMismatchError("重新评估日须晚于生成日期。", {"reassess_on": "请填写生成日期之后的一天。"})


def _check_marks(record: Record) -> None:
    for name in TEXT_FIELDS:
        mark = mark_in(getattr(record, name))
        if mark:
            raise ClassifiedTextError(
                f"内容带有密级标志“{mark}”。本系统为非涉密系统，涉密信息不得录入，只登记件数（保密法第三十五条）。",
                {name: "请删除涉密内容并报告本单位保密工作机构。"},
            )


def _check_number(record: Record) -> None:
    if not record.document_number:
        return
    same = Record.objects.filter(unit=record.unit, document_number=record.document_number).exclude(pk=record.pk)
    if (other := same.first()) is not None:
        raise duplicate(record.document_number, other.title)


def duplicate(number: str, title: str) -> DuplicateNumberError:
    """Return the error that says which record of the unit has the 文号."""
    return DuplicateNumberError(f"文号“{number}”已用于“{title}”。", {"document_number": "请核对文号。"})
