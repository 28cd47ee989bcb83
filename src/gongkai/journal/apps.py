"""Django's handle on the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal."""

    name = "gongkai.journal"
    verbose_name = "操作日志"
