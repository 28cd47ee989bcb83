"""What can be chosen in the register's forms."""

from __future__ import annotations

from functools import cache

from gongkai.law.scope import scope_items, subjects

GENRES = ("命令", "决定", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "函", "纪要", "其他")
"""体裁: the kinds of official document (党政机关公文处理工作条例 第八条) that a government publishes."""

ANY = [("", "全部")]
NONE = [("", "——")]


@cache
def subject_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the subjects (国务院公文主题分类), each with its second level as a group."""
    return [
        (first, [(first, first), *((f"{first}/{one}", f"{first}/{one}") for one in second)])
        for first, second in subjects().items()
    ]


@cache
def scope_choices() -> list[tuple[str, str]]:
    """Return the items of Arts 20 and 21."""
    return [(item.code, f"{item.code} {item.caption}") for item in scope_items()]
