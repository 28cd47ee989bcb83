"""Whose letters and volumes they are: what an application and a matter each do for them, behind one port."""
