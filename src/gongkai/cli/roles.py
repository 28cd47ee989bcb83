"""``gongkai roles``: what the public side may do in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.installation import RefusedError, on_installation, require_migrated

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai roles``."""
    parser.epilog = (
        "账号由 GONGKAI_PORTAL_ROLE 指定，由数据库管理员建立。gongkai migrate 和 gongkai restore 之后自动更新，"
        "平时不必单独运行；更换账号，或者有人在数据库里改过权限的，运行它恢复原状。"
    )


@on_installation
def run(_arguments: argparse.Namespace) -> int:
    """Give the public's role its rights anew and say what they are; refuse where it can do more all the same."""
    require_migrated()
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first
    from django.db import connection  # noqa: PLC0415 -- the same

    from gongkai.windows import laying, role  # noqa: PLC0415 -- the same
    from gongkai.windows.window import readable, writable  # noqa: PLC0415 -- the same

    if connection.vendor != "postgresql":
        raise RefusedError("SQLite 没有数据库账号。工作台和公众门户分开运行的，请使用 PostgreSQL。")
    name = settings.PORTAL_ROLE
    if not name:
        raise RefusedError("没有设 GONGKAI_PORTAL_ROLE。请在工作台的设置里写明公众门户的数据库账号。")
    require_role()
    laying.allow()
    excess = role.excess(connection, name)
    if excess:
        raise RefusedError(
            f"账号 {name} 还有别处给它的权限：{'、'.join(excess[:5])} 等 {len(excess)} 项。"
            "请由数据库管理员收回（REVOKE … FROM PUBLIC，或退出它加入的账号组）。"
        )
    print(f"公众门户的数据库账号：{name}")
    print(f"可读：{'、'.join(readable())}")
    print(f"可写入新行：{'、'.join(writable()) or '无'}")
    print("其余的表一概不能读写。")
    return 0


def require_role() -> None:
    """Raise ``RefusedError`` if a role is named that the database does not have, or whose rights cannot be limited."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first
    from django.db import connection  # noqa: PLC0415 -- the same

    from gongkai.windows import role  # noqa: PLC0415 -- the same

    name = settings.PORTAL_ROLE
    if not name or connection.vendor != "postgresql":
        return
    if not role.is_known(connection, name):
        raise RefusedError(
            f"数据库里没有 GONGKAI_PORTAL_ROLE 所写的账号 {name}。"
            f"请先由数据库管理员建立：CREATE ROLE {name} LOGIN PASSWORD '…'。"
        )
    owners = role.owners(connection, name)
    if owners or name == role.of_session(connection):
        raise RefusedError(
            f"账号 {name} 就是业务表的所有者，或者属于所有者 {'、'.join(owners or [name])}，权限限制不住它。"
            "请为公众门户另建一个普通账号。"
        )
