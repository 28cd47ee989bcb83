from gongkai.files.models.blob import Blob
from gongkai.files.models.redaction import Redaction, State

__all__ = ["Blob", "Redaction", "State"]
