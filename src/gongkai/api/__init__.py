"""Open data: what is published, for machines, on the windows of each room (条例 第六条、第二十三条)."""
