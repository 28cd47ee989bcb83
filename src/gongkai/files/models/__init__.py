from gongkai.files.models.blob import Blob
from gongkai.files.models.named import NamedFile
from gongkai.files.models.redaction import Redaction, State

__all__ = ["Blob", "NamedFile", "Redaction", "State"]
