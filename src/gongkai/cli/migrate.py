"""``gongkai migrate``: bring the database to the structure that this version needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.installation import on_installation, pending_migrations
from gongkai.cli.roles import require_role

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai migrate``."""
    parser.add_argument("--plan", action="store_true", help="只列出将要执行的变更")


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Apply the migrations that are missing; one that fails is undone, and those before it stay."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django must be started first

    from gongkai.files.domain import shelf  # noqa: PLC0415 -- the same
    from gongkai.windows import laying  # noqa: PLC0415 -- the same

    pending = pending_migrations()
    require_role()
    if not pending:
        if not arguments.plan:
            laying.allow()
            shelf.sweep()
        print("数据库结构已是最新。")
        return 0
    if not arguments.plan:
        call_command("migrate", verbosity=0, interactive=False)
        # The windows were laid anew: they may name other files than before.
        shelf.sweep()
    for name in pending:
        print(f"{'待执行' if arguments.plan else '已执行'} {name}")
    print(f"共 {len(pending)} 项。")
    return 0
