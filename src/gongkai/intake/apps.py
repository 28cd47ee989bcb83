"""Django's handle on the room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What the public sends in, and what it may see of it."""

    name = "gongkai.intake"
    verbose_name = "网上来件"

    def ready(self) -> None:
        """Follow what happens to the cases that the public may see."""
        # Models exist only once the apps are ready.
        from gongkai.intake.domain import following  # noqa: PLC0415 -- the same

        following.connect()
