"""What reports bring to the workbench."""

from __future__ import annotations

from gongkai.accounts.workbench import MenuEntry, register
from gongkai.reporting import rules

register(menu=[MenuEntry("历年报告", "editions:list", "history", "年度报告", 61, rules.reads_reports)])
