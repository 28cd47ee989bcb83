"""What can be chosen in the register's forms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gongkai.law.scope import scope_items, subjects

if TYPE_CHECKING:
    from collections.abc import Container

    from gongkai.units.queries.tree import Tree

GENRES = ("命令", "决定", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "函", "纪要", "其他")
"""体裁: the kinds of official document (党政机关公文处理工作条例 第八条) that a government publishes."""

ANY = [("", "全部")]
NONE = [("", "——")]


def units(tree: Tree, allowed: Container[int]) -> list[tuple[int, str]]:
    """Return the units of ``tree`` that are allowed, indented as they stand below each other."""
    return [(node.id, "　" * node.depth + node.short_name) for node in tree if node.id in allowed]


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
