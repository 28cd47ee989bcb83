"""The shell of the workbench: base template, components, menu and to-do assembled from what the rooms register."""
