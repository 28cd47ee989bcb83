"""What can be wrong with people and their rights: one class per mistake.

``AccountError``
├── ``NotPermittedError``     the person has no such right for that unit
├── ``AlreadyGrantedError``   the role is held already
├── ``TrainingOrderError``    the training is dated before the registration
└── ``LastAdministratorError``  the last administrator cannot be removed
"""

from __future__ import annotations


class AccountError(Exception):
    """Something about people and rights that cannot be. ``code`` is stable, for machines."""

    code = "account"


class NotPermittedError(AccountError):
    """The person has no such right for that unit."""

    code = "not-permitted"


class AlreadyGrantedError(AccountError):
    """The role is held already."""

    code = "already-granted"


class TrainingOrderError(AccountError):
    """The training is dated before the registration."""

    code = "training-order"


class LastAdministratorError(AccountError):
    """The last administrator cannot be removed."""

    code = "last-administrator"
