"""What the site does by itself."""

from gongkai.jobs.registry import Every, periodic
from gongkai.portal.domain import asked_words
from gongkai.portal.domain.publishing import turn

periodic("portal.turn_pages", turn, every=Every.HOUR)
periodic("portal.forget_words", asked_words.forget, every=Every.DAY)
