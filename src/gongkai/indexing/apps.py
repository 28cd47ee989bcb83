"""Django's handle on the room."""

from django.apps import AppConfig


class IndexingConfig(AppConfig):
    """Indexing."""

    name = "gongkai.indexing"
    verbose_name = "检索索引"

    def ready(self) -> None:
        """Make units known, whose own room stands below this one."""
        from gongkai.indexing.units import register_source  # noqa: PLC0415 -- models exist only once the apps are ready

        register_source()
