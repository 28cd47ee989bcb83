"""Django's handle on the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public site."""

    name = "gongkai.portal"
    verbose_name = "公众门户"

    def ready(self) -> None:
        """Tell review and the index what a page and a service are, and open the count of what is looked for."""
        from gongkai.portal import searching, subject  # noqa: PLC0415 -- models exist only once the apps are ready
        from gongkai.portal.models import AskedWords  # noqa: PLC0415 -- the same
        from gongkai.windows.window import open_intake  # noqa: PLC0415 -- the same

        searching.register_sources()
        subject.register_subject()
        open_intake(AskedWords)
