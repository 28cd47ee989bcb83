"""Django's handle on the room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Review."""

    name = "gongkai.review"
    verbose_name = "审核"
