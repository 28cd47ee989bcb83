"""Django's handle on the room."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications for information."""

    name = "gongkai.applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Tell the index what there is to find, review what a letter is, the workbench where letters are."""
        # Models exist only once the apps are ready.
        from gongkai.applications import letters_subject, office_letters, searching  # noqa: PLC0415 -- the same
        from gongkai.applications.holders.registering import register_holders  # noqa: PLC0415 -- the same

        register_holders()
        searching.register_sources()
        letters_subject.register_subjects()
        office_letters.register_all()
