"""Django's handle on the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "gongkai.accounts"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        """Listen to what happens at the sign-on."""
        from gongkai.accounts import sign_on  # noqa: PLC0415 -- models load before it

        sign_on.connect()
