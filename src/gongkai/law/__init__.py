"""The law as dated data and pure functions: no web framework, no clock on the wall, no input beyond its own files.

* ``calendar``: which day is a working day, and by which notice.
* ``editions``: the regulation of 2008 and that of 2019.
* ``clock``: an application's clock; ``clocks``: the table of all named periods.
* ``fees``: 信息处理费.

Legal days are ``datetime.date``; today's date is always passed in.
"""
