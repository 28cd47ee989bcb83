"""Django's handle on the room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records."""

    name = "gongkai.records"
    verbose_name = "政府信息"

    def ready(self) -> None:
        """Tell review and the index what a record is."""
        from gongkai.records import searching, subject  # noqa: PLC0415 -- models exist only once the apps are ready

        searching.register_source()
        subject.register_subject()
