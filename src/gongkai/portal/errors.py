"""What can be wrong with what staff edit of the site, besides what can be wrong with any paper (``records.errors``).

``EditingError``
├── ``PlaceError``       the address is taken, or the page cannot stand there
├── ``SlotsFullError``   the first page has no place left in the period
├── ``PeriodError``      the day lies outside the period that was approved
├── ``RuleError``        the rule of a key area gathers nothing, or too slowly
└── ``ServiceFileError`` the file of entries cannot be read as one
"""

from gongkai.records.errors import RecordError


class EditingError(RecordError):
    """Something about the site that cannot be; the register's screens take it like their own."""

    code = "portal"


class PlaceError(EditingError):
    """The address is taken, or the page cannot stand there."""

    code = "portal-place"


class SlotsFullError(EditingError):
    """The first page has no place left in the period."""

    code = "portal-slots"


class PeriodError(EditingError):
    """The day lies outside the period that was approved."""

    code = "portal-period"


class RuleError(EditingError):
    """The rule of a key area gathers nothing, or too slowly."""

    code = "portal-rule"


class ServiceFileError(EditingError):
    """The file of entries cannot be read as one."""

    code = "portal-service-file"
