"""Django's handle on the room."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsiderations and suits."""

    name = "gongkai.remedies"
    verbose_name = "行政复议、行政诉讼"
