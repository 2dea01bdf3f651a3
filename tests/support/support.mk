# What tests of several kinds share: strict readers of what the plugins write.
check_LIBRARIES += tests/support/libsupport.a
tests_support_libsupport_a_SOURCES = \
	tests/support/capture.c \
	tests/support/capture.h \
	tests/support/clean.c \
	tests/support/clean.h \
	tests/support/dumps.c \
	tests/support/dumps.h \
	tests/support/eapserver.c \
	tests/support/eapserver.h \
	tests/support/json.c \
	tests/support/json.h \
	tests/support/lines.c \
	tests/support/lines.h \
	tests/support/perfdata.c \
	tests/support/perfdata.h \
	tests/support/pki.c \
	tests/support/pki.h \
	tests/support/prometheus.c \
	tests/support/prometheus.h \
	tests/support/schema.c \
	tests/support/schema.h \
	tests/support/scratch.c \
	tests/support/scratch.h \
	tests/support/slowness.h \
	tests/support/suite.c \
	tests/support/suite.h
