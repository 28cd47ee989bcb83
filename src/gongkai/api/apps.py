"""Django's handle on the room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The read API and the downloads."""

    name = "gongkai.api"
    verbose_name = "数据开放"
