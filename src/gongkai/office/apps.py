"""Django's handle on the room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OfficeConfig(AppConfig):
    """The office."""

    name = "gongkai.office"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Let every room register its menu and to-do entries (``office.py``)."""
        autodiscover_modules("office")
