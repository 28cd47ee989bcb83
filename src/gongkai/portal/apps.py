"""Django's handle on the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public site."""

    name = "gongkai.portal"
    verbose_name = "公众门户"
