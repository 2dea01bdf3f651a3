# rras-sim, an RRAS server with a fault knob per stage. Not only tests use it: so plain make builds it.
noinst_PROGRAMS += tests/rras/rras-sim
tests_rras_rras_sim_SOURCES = \
	tests/rras/certs.c \
	tests/rras/certs.h \
	tests/rras/http.c \
	tests/rras/http.h \
	tests/rras/journal.c \
	tests/rras/journal.h \
	tests/rras/knobs.c \
	tests/rras/knobs.h \
	tests/rras/line.c \
	tests/rras/line.h \
	tests/rras/listen.c \
	tests/rras/listen.h \
	tests/rras/member.c \
	tests/rras/member.h \
	tests/rras/rras_sim.c \
	tests/rras/serve.c \
	tests/rras/serve.h \
	tests/rras/tls.c \
	tests/rras/tls.h
tests_rras_rras_sim_LDADD = common/libsstp.a $(OPENSSL_LIBS)

TESTS += tests/rras/rras-sim.test
EXTRA_DIST += \
	tests/rras/demo \
	tests/rras/rras-sim.test \
	tests/rras/sim.sh
