"""Django's handle on the room."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions."""

    name = "gongkai.decisions"
    verbose_name = "行政决定"
