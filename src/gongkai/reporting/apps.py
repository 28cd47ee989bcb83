"""Django's handle on the room."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Campaigns, submissions, frozen and published reports."""

    name = "gongkai.reporting"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Make submissions known to the review engine, and published reports to the index."""
        from gongkai.reporting import searching, subject  # noqa: PLC0415 -- models are loaded by now

        searching.register_source()
        subject.register_subject()
