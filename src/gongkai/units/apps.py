"""Django's handle on the room."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Units."""

    name = "gongkai.units"
    verbose_name = "机构"
