"""Django's handle on the room."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Units."""

    name = "gongkai.units"
    verbose_name = "机构"

    def ready(self) -> None:
        """Open the tree, its reforms and the guides to everybody (条例 第十二条、第二十条第二项)."""
        from gongkai.units.models import Change, Guide, Span, Succession, Unit  # noqa: PLC0415 -- models exist only now
        from gongkai.windows.window import open_whole  # noqa: PLC0415 -- the same

        open_whole(Unit, Span, Change, Change.units.through, Succession, Guide)
