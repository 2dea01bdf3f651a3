# The plugins against rras-sim: one row of rows.c a fault.
check_PROGRAMS += tests/system/system tests/system/fakedns.so
TESTS += tests/system/system
tests_system_system_SOURCES = \
	tests/system/process.c \
	tests/system/process.h \
	tests/system/rows.c \
	tests/system/rows.h \
	tests/system/system.c

# To be preloaded, so it is a shared object and knows nothing of sanitizers.
tests_system_fakedns_so_SOURCES = tests/system/fakedns.c
tests_system_fakedns_so_CFLAGS = $(STRICT_CFLAGS) -fPIC
tests_system_fakedns_so_LDFLAGS = -shared
tests_system_fakedns_so_LDADD =
