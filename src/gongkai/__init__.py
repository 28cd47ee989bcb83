"""Open government information for Chinese cities: the regulation as code, the annual report as an object."""

__version__ = "0.1.0"
