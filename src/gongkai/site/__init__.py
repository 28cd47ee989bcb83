"""The Django project: settings, addresses, start-up checks. What starts the rooms, not what they do."""
