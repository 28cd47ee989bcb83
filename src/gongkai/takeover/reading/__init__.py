"""Reading old sites: WordPress exports, tables with a folder of files, mirrors of static pages. No framework.

A reader yields one ``OldPage`` after the other and keeps none. What it could not find is missing, and named.
"""
