"""The tree of units through time: who there is, under whom, under which name, on any day."""
