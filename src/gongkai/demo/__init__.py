"""A fictional city to look at: its units, people, documents and decisions, all made by the verbs of the rooms."""
