"""What the annual report brings to the workbench."""

from __future__ import annotations

from gongkai.accounts.workbench import MenuEntry, TodoSource, register
from gongkai.reporting import rules, todo, todo_board

register(
    menu=[
        MenuEntry("年报编制", "reporting:campaigns", "chart", "年度报告", 60, rules.reads_reports),
        MenuEntry("我的年报", "reporting:mine", "file", "年度报告", 61, rules.owes_reports),
        MenuEntry("年报核对", "reporting:checks", "check", "年度报告", 62, rules.checks_reports),
        MenuEntry("历年报告", "editions:list", "history", "年度报告", 64, rules.reads_reports),
    ],
    todo=[
        TodoSource("年报催报", 24, todo_board.reminded),
        TodoSource("年报编制进度", 25, todo_board.campaigns),
        TodoSource("年报填报", 26, todo.to_fill),
        TodoSource("年报接收", 27, todo.to_receive),
        TodoSource("年报交叉核对", 28, todo.to_check),
    ],
)
