"""Django's handle on the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "gongkai.accounts"
    verbose_name = "人员与权限"
