# The plugins and rras-sim with a network between them that mutates what they say.
check_PROGRAMS += tests/mutator/mutator
TESTS += tests/mutator/mutator
tests_mutator_mutator_SOURCES = \
	$(process) \
	tests/mutator/judge.c \
	tests/mutator/judge.h \
	tests/mutator/mutation.c \
	tests/mutator/mutation.h \
	tests/mutator/mutator.c \
	tests/mutator/proxy.c \
	tests/mutator/proxy.h \
	tests/mutator/runs.c \
	tests/mutator/runs.h \
	tests/mutator/told.c \
	tests/mutator/told.h \
	tests/system/scenes.c \
	tests/system/scenes.h
