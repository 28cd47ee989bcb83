"""Django's handle on the room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records."""

    name = "gongkai.records"
    verbose_name = "政府信息"

    def ready(self) -> None:
        """Tell review and the index what a record is, and other rooms that one can be begun."""
        from gongkai.records import opening, searching, subject  # noqa: PLC0415 -- models exist only once the apps are ready

        searching.register_source()
        subject.register_subject()
        opening.register_opening()
