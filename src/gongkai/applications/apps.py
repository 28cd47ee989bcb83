"""Django's handle on the room."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications for information."""

    name = "gongkai.applications"
    verbose_name = "依申请公开"
