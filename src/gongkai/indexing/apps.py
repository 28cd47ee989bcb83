"""Django's handle on the room."""

from django.apps import AppConfig


class IndexingConfig(AppConfig):
    """Indexing."""

    name = "gongkai.indexing"
    verbose_name = "检索索引"
