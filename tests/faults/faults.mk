# The plugins while calls of the system fail, each in its turn.
check_PROGRAMS += tests/faults/faults tests/faults/preload.so
TESTS += tests/faults/faults

tests_faults_faults_SOURCES = \
	tests/faults/faults.c \
	tests/faults/faults.h \
	tests/faults/server.c \
	tests/faults/server.h \
	tests/system/issuer.c \
	tests/system/issuer.h \
	tests/system/papers.c \
	tests/system/papers.h \
	tests/system/scenes.c \
	tests/system/scenes.h \
	$(process)

# To be preloaded: see tests/system.
tests_faults_preload_so_SOURCES = tests/faults/faults.h tests/faults/preload.c
tests_faults_preload_so_CFLAGS = $(STRICT_CFLAGS) -fPIC
tests_faults_preload_so_LDFLAGS = -shared
tests_faults_preload_so_LDADD =
