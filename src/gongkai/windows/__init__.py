"""The windows: what the public may see of the platform, as views of the database.

A room declares a ``Window`` beside its tables. The views are laid again after every migration; the public's database
role may read nothing else (ADR 0026).
"""
