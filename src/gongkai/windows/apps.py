"""Django's handle on the room."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate, pre_migrate


class WindowsConfig(AppConfig):
    """The windows. The last of the rooms, so that its views are laid when every table stands."""

    name = "gongkai.windows"
    verbose_name = "公开视图"

    def ready(self) -> None:
        """Lift the views before a migration and lay them after it.

        Which migrations were applied is open to the public's role: its process asks before it starts.
        """
        from gongkai.windows.window import open_whole  # noqa: PLC0415 -- models exist only once the apps are ready

        open_whole(MigrationRecorder.Migration)
        pre_migrate.connect(_before, sender=self)
        post_migrate.connect(_after, sender=self)


def _before(*, using: str, plan: list[Any], **_: object) -> None:
    from gongkai.windows import laying  # noqa: PLC0415 -- models exist only once the apps are ready

    if plan:
        laying.lift(using=using)


def _after(*, using: str, plan: list[Any] | None = None, **_: object) -> None:
    """Lay the views, unless the tables were only emptied, or half of the migrations is still to come."""
    if plan is None:
        return
    from gongkai.windows import laying  # noqa: PLC0415 -- models exist only once the apps are ready

    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        laying.lay(using=using)
