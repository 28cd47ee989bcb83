"""The ``gongkai`` command. Each subcommand is a module of this package, imported only when it is called for.

A subcommand module has ``configure(parser)``, which declares its arguments, and ``run(arguments)``, which does the
work and returns the exit status. Wrong usage exits 64 (``EX_USAGE``).
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

EX_USAGE = 64

COMMANDS = {
    "read": "读取已公布的年度报告，列出每个单元格",
    "audit": "审核年度报告：表内、表间、文表、跨年",
    "convert": "把一份报告转成另一种格式",
    "compare": "比较同一机构各年或同一年各机构的报告",
    "clock": "计算依申请公开的办理期限，逐日列出依据",
    "fee": "计算信息处理费，逐档列出依据",
    "indexno": "解析、校验、生成索引号",
    "demo": "生成虚构的演示城市并启动服务",
    "init": "建立数据目录，生成密钥",
    "migrate": "建立或升级数据库结构",
    "roles": "更新公众门户数据库账号的权限",
    "found": "建立本级政府和第一名系统管理员",
    "password": "为登录不了的人重发一次性密码",
    "serve": "启动网站服务",
    "worker": "启动后台工作进程：定时任务、任务队列、检索索引",
    "check": "检查安装与部署",
    "verify-log": "校验操作日志是否完整",
    "takeover": "接收旧网站：网页成为政府信息，旧地址跳转到新地址",
    "backup": "备份数据库和文件（不含密钥）",
    "restore": "从备份恢复，并校验",
}

MODULES = {"verify-log": "verify_log", "worker": "background"}
"""The modules of commands that cannot bear, or do not own, the name of the command."""


class Formatter(argparse.HelpFormatter):
    """A help formatter that measures the terminal itself: the stock one loads the archive modules to do so."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, width=columns - 2)


class Parser(argparse.ArgumentParser):
    """An argument parser whose usage errors exit with 64."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and ``message`` on standard error and exit with 64."""
        self.print_usage(sys.stderr)
        self.exit(EX_USAGE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: the process's) and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(
        prog="gongkai",
        description="政府信息公开：把条例写成代码，把年报读准、审清、写好。",
        formatter_class=Formatter,
    )
    parser.add_argument("--version", action="store_true", help="显示版本")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", prog="gongkai", parser_class=Parser)
    chosen = next((word for word in words if not word.startswith("-")), None)
    # Start-up: a parser costs a millisecond, and a command that was named needs only its own.
    for name, summary in {chosen: COMMANDS[chosen]}.items() if chosen in COMMANDS else COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary, formatter_class=Formatter)
        if name == chosen:
            _module(name).configure(subparser)
    arguments = parser.parse_args(words)
    if arguments.version:
        from gongkai import __version__  # noqa: PLC0415 -- start-up: only when asked for

        print(f"gongkai {__version__}")
        return 0
    if arguments.command is None:
        parser.print_help()
        return EX_USAGE
    status: int = _module(arguments.command).run(arguments)
    return status


def _module(command: str) -> ModuleType:
    return import_module(f"gongkai.cli.{MODULES.get(command, command)}")
