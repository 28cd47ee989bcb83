"""What can be wrong with a file of decisions or with an act on one: one class per mistake.

What is wrong with the file as a table is a ``tables.errors.TableError``.

``DecisionsError``
├── ``KindMismatchError``     the file is about another kind of decision than was chosen
├── ``AlreadyImportedError``  the same file has been imported without a bad row
├── ``ImportScopeError``      the person may not import for that unit
├── ``ConcurrentRunError``    two processes were importing the same file
├── ``FinishedBatchError``    the import has ended
├── ``DecisionDayError``      a day that cannot be: in the future, or before the decision
├── ``DecisionStateError``    the act does not fit the state of the decision
└── ``FactValueError``        a charge or a procurement that cannot be
"""

from __future__ import annotations


class DecisionsError(Exception):
    """Something about decisions that cannot be. ``code`` is stable, for machines."""

    code = "decisions"


class KindMismatchError(DecisionsError):
    """The file is about another kind of decision than was chosen."""

    code = "decisions-kind"


class AlreadyImportedError(DecisionsError):
    """The same file has been imported without a bad row."""

    code = "decisions-already"


class ImportScopeError(DecisionsError):
    """The person may not import for that unit."""

    code = "decisions-scope"


class ConcurrentRunError(DecisionsError):
    """Two processes were importing the same file."""

    code = "decisions-concurrent"


class FinishedBatchError(DecisionsError):
    """The import has ended."""

    code = "decisions-finished"


class DecisionDayError(DecisionsError):
    """A day that cannot be: in the future, or before the decision."""

    code = "decisions-day"


class DecisionStateError(DecisionsError):
    """The act does not fit the state of the decision."""

    code = "decisions-state"


class FactValueError(DecisionsError):
    """A charge or a procurement that cannot be."""

    code = "decisions-fact"
