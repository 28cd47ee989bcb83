"""Django's handle on the room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Jobs."""

    name = "gongkai.jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Let every room register its periodic work and its tasks (``tasks.py``)."""
        autodiscover_modules("tasks")
