# One libcheck program per module: tests/unit/ROOM/MODULE.c. They need no network.
