"""Django's handle on the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public site."""

    name = "gongkai.portal"
    verbose_name = "公众门户"

    def ready(self) -> None:
        """Tell review and the index what a page and a service are."""
        from gongkai.portal import searching, subject  # noqa: PLC0415 -- models exist only once the apps are ready

        searching.register_sources()
        subject.register_subject()
