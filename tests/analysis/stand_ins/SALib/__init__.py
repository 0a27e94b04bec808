"""Stands in for SALib where that is not installed, as far as docs/tools/salib.md uses it."""
