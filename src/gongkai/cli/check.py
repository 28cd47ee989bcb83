"""``gongkai check``: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.installation import on_either_side

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai check``."""
    parser.add_argument("--deploy", action="store_true", help="连同对外服务前必须具备的条件一起检查")


@on_either_side
def run(arguments: argparse.Namespace) -> int:
    """Print every finding with its id and a hint; status 1 if one of them is an error."""
    from django.core import checks  # noqa: PLC0415 -- Django must be started first
    from django.db import OperationalError, connection  # noqa: PLC0415 -- the same

    from gongkai.site import checks_public  # noqa: F401, PLC0415 -- its checks register themselves
    from gongkai.site.checks import database  # noqa: PLC0415 -- the same

    try:
        connection.ensure_connection()
        found = checks.run_checks(include_deployment_checks=arguments.deploy, databases=["default"])
    except OperationalError:
        # Django's own checks of models would end here: the rest is still worth saying.
        found = checks.run_checks(include_deployment_checks=arguments.deploy) + database(databases=["default"])
    found = sorted((message for message in found if not message.is_silenced()), key=lambda m: (-m.level, str(m.id)))
    errors = sum(message.level >= checks.ERROR for message in found)
    for message in found:
        print(f"{'错误' if message.level >= checks.ERROR else '警告'} {message.id}  {message.msg}")
        if message.hint:
            print(f"    办法：{message.hint}")
    what = "部署检查" if arguments.deploy else "检查"
    print(f"{what}：{errors} 项错误，{len(found) - errors} 项警告。" if found else f"{what}：没有发现问题。")
    return 1 if errors else 0
