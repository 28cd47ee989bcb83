"""Letters of an application: templates as data, what is put into them, and how they are set."""
