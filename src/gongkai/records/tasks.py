"""What records do by themselves."""

from gongkai.jobs.registry import Every, periodic
from gongkai.records.domain.attached_words import read_rest
from gongkai.records.domain.publication import publish_due

# By the hour, not by the day: a record that is approved on its planned day, or after it, must not wait for the next.
periodic("records.publish_due", publish_due, every=Every.HOUR)
periodic("records.read_attachments", read_rest, every=Every.HOUR)
