"""Work behind the screens: what is done every day or hour, and tasks that rooms leave for the worker."""
