"""The settings of the public service, with the two pages it is measured by."""

from gongkai.site.settings import *  # noqa: F403 -- all of them

ROOT_URLCONF = "portal_addresses"
