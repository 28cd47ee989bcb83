"""What can be wrong with a change of the tree: one class per mistake.

``UnitError``
├── ``UnknownParentError``   the superior did not exist on the day
├── ``CircularTreeError``    a unit would stand below itself
├── ``NotExistingError``     the unit did not exist on the day, or something later is recorded already
├── ``HasChildrenError``     units still stand below one that ends
├── ``DuplicateCodeError``   the code is taken
├── ``UnknownChannelError``  a channel that a guide cannot announce
└── ``GuideDayError``        a guide renewed before its last renewal
"""

from __future__ import annotations


class UnitError(Exception):
    """A change of the tree that cannot be. ``code`` is stable, for machines."""

    code = "unit"


class UnknownParentError(UnitError):
    """The superior did not exist on the day."""

    code = "unit-parent"


class CircularTreeError(UnitError):
    """A unit would stand below itself."""

    code = "unit-circle"


class NotExistingError(UnitError):
    """The unit did not exist on the day, or something later is recorded already."""

    code = "unit-day"


class HasChildrenError(UnitError):
    """Units still stand below one that ends."""

    code = "unit-children"


class DuplicateCodeError(UnitError):
    """The code is taken."""

    code = "unit-code"


class UnknownChannelError(UnitError):
    """A channel that a guide cannot announce."""

    code = "unit-channel"


class GuideDayError(UnitError):
    """A guide renewed before its last renewal."""

    code = "unit-guide-day"
