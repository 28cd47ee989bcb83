"""Django's handle on the room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files."""

    name = "gongkai.files"
    verbose_name = "文件"
