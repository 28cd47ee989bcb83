"""Django's handle on the room."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications for information."""

    name = "gongkai.applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Tell the index what there is to find, and the page of a case what this room itself adds to it."""
        from gongkai.applications import searching  # noqa: PLC0415 -- models exist only once the apps are ready

        searching.register_sources()
