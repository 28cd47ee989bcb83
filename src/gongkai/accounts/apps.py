"""Django's handle on the room."""

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "gongkai.accounts"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        """Listen to what happens at the sign-on."""
        if not apps.is_installed("allauth.account"):
            return  # the public side: nobody signs on there
        from gongkai.accounts import sign_on  # noqa: PLC0415 -- models load before it

        sign_on.connect()
