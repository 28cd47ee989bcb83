"""Django's handle on the room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What the public sends in, and what it may see of it."""

    name = "gongkai.intake"
    verbose_name = "网上来件"

    def ready(self) -> None:
        """Follow what happens to the cases that the public may see, and let the public side put rows into the queue."""
        # Models exist only once the apps are ready.
        from gongkai.intake.domain import following  # noqa: PLC0415 -- the same
        from gongkai.intake.models import Submission, SubmissionFile  # noqa: PLC0415 -- the same
        from gongkai.windows.window import open_intake  # noqa: PLC0415 -- the same

        following.connect()
        open_intake(Submission, SubmissionFile)
