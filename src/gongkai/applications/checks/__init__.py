"""The checks of how a case was handled: what a reviewer or a court would ask (law.md §8.5 F, C5, C8–C12).

``catalogue.toml`` says what each check is, how grave, by which article and what to do; the modules beside it look at a
``Case`` and yield findings. A finding is computed each time it is shown; what ``domain.checking`` keeps only filters.
"""
