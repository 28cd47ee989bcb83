"""What can be wrong with people and their rights: one class per mistake.

``AccountError``
├── ``NotPermittedError``     the person has no such right for that unit
├── ``AlreadyGrantedError``   the role is held already
├── ``TrainingOrderError``    the training is dated before the registration
├── ``LastAdministratorError``  the last administrator cannot be removed
├── ``SelfServiceError``      somebody would change his own rights or account
├── ``UsernameTakenError``    the user name belongs to another account
└── ``BackdatedError``        a right would begin in the past
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


class SelfServiceError(NotPermittedError):
    """Somebody would change his own rights or account."""

    code = "self-service"


class UsernameTakenError(AccountError):
    """The user name belongs to another account."""

    code = "username-taken"


class BackdatedError(AccountError):
    """A right would begin in the past."""

    code = "backdated"
