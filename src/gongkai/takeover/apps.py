"""Django's handle on the room."""

from django.apps import AppConfig


class TakeoverConfig(AppConfig):
    """Old sites taken over."""

    name = "gongkai.takeover"
    verbose_name = "旧网站接收"
