"""What the commands that run an installation have in common: starting Django, and refusing in clear words."""

from __future__ import annotations

import os
import sys
from functools import wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

REFUSED = 1
"""Exit status of a command that does not do what it was asked, and says why."""


class RefusedError(Exception):
    """A command does not do what it was asked; the message says what happened and what to do."""


def on_installation(work: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Make ``work`` a command that starts Django first and whose refusals become one line and status 1.

    It is for the office: with the settings of the public side it is refused.
    """
    return _command(work, is_for_public=False)


def on_either_side(work: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Make ``work`` a command like ``on_installation``, for the public side too."""
    return _command(work, is_for_public=True)


def _command(work: Callable[[argparse.Namespace], int], *, is_for_public: bool) -> Callable[[argparse.Namespace], int]:
    @wraps(work)
    def run(arguments: argparse.Namespace) -> int:
        try:
            start()
            if not is_for_public:
                _require_office()
            return work(arguments)
        except RefusedError as error:
            print(f"gongkai: {error}", file=sys.stderr)
            return REFUSED
        except _database_error() as error:
            words = " ".join(str(error).split())
            print(f"gongkai: 数据库不可用：{words}。请检查 GONGKAI_DATABASE_URL 和数据库服务。", file=sys.stderr)
            return REFUSED

    return run


def start() -> None:
    """Start Django with the settings of the installation. Raises ``RefusedError`` if there are none to start with."""
    import django  # noqa: PLC0415 -- start-up: the commands of the law and of the reports need no framework
    from django.apps import apps  # noqa: PLC0415 -- the same
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- the same

    from gongkai.site.conf import MissingSettingError  # noqa: PLC0415 -- the same

    if apps.ready:
        return
    os.umask(0o077)  # What an installation writes is for its owner alone.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    try:
        django.setup()
    except MissingSettingError as error:
        raise RefusedError(str(error)) from error
    except ImproperlyConfigured as error:
        if "psycopg" in str(error):
            raise RefusedError(
                "设置了 PostgreSQL 数据库，但没有安装驱动程序。请运行 pip install 'psycopg[binary]'。"
            ) from error
        raise


def _require_office() -> None:
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first

    if settings.SERVICE == "portal":
        raise RefusedError(
            "现在的设置是公众门户的（GONGKAI_SERVICE=portal），它的数据库账号只能读公开视图。"
            "请用工作台的设置（GONGKAI_SERVICE=office）运行这个命令。"
        )


def pending_migrations() -> list[str]:
    """Return the migrations that the database lacks, as ``room.name``, in order."""
    from django.db import connection  # noqa: PLC0415 -- Django must be started first
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- the same

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def require_migrated() -> None:
    """Raise ``RefusedError`` if the database lacks migrations."""
    pending = pending_migrations()
    if pending:
        raise RefusedError(
            f"数据库还有 {len(pending)} 项结构变更没有执行（首项 {pending[0]}）。请先备份，再运行 gongkai migrate。"
        )


def _database_error() -> type[Exception]:
    if "django.db" not in sys.modules:
        return RefusedError
    from django.db import OperationalError  # noqa: PLC0415 -- loaded already, or nothing could have raised it

    found: type[Exception] = OperationalError
    return found
