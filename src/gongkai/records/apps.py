"""Django's handle on the room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records."""

    name = "gongkai.records"
    verbose_name = "政府信息"

    def ready(self) -> None:
        """Tell review what a record is."""
        from gongkai.records import subject  # noqa: PLC0415 -- models exist only once the apps are ready

        subject.register_subject()
