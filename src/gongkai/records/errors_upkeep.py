"""What can be wrong in the upkeep of the register: clean-ups, hand-overs, gazette issues, item lists.

``RecordError``
├── ``CleanUpError``        the clean-up is closed, overlaps another, or covers nothing
├── ``UndecidedError``      a clean-up is to be closed with documents nobody decided on
├── ``HandOverError``       the period has not ended, is handed over already, or is none of the unit's
├── ``NilReturnError``      a nil return that is none, or one that nobody declared
├── ``HandOverRuleError``   the hand-over days cannot be
├── ``ReconciliationError``  the quarter cannot be reconciled yet, or not with that hall
├── ``GazetteError``        the issue is published, or bears a number that another bears
├── ``GazetteEntryError``   the record cannot stand in the issue
├── ``ServiceItemError``    the item is on the list already, or not on it any more
└── ``ItemFileError``       the file of items cannot be read as one
"""

from gongkai.records.errors import RecordError


class CleanUpError(RecordError):
    """The clean-up is closed, overlaps another, or covers nothing."""

    code = "record-clean-up"


class UndecidedError(RecordError):
    """A clean-up is to be closed with documents nobody decided on."""

    code = "record-clean-up-undecided"


class HandOverError(RecordError):
    """The period has not ended, is handed over already, or is none of the unit's."""

    code = "record-hand-over"


class NilReturnError(RecordError):
    """A nil return that is none, or one that nobody declared."""

    code = "record-nil-return"


class HandOverRuleError(RecordError):
    """The hand-over days cannot be."""

    code = "record-hand-over-days"


class ReconciliationError(RecordError):
    """The quarter cannot be reconciled yet, or not with that hall."""

    code = "record-reconciliation"


class GazetteError(RecordError):
    """The issue is published, or bears a number that another bears."""

    code = "record-gazette"


class GazetteEntryError(RecordError):
    """The record cannot stand in the issue."""

    code = "record-gazette-entry"


class ServiceItemError(RecordError):
    """The item is on the list already, or not on it any more."""

    code = "record-item"


class ItemFileError(RecordError):
    """The file of items cannot be read as one."""

    code = "record-item-file"
