# The plugins against rras-sim: one row of rows_*.c a fault.
system = \
	tests/system/capture \
	tests/system/crowd \
	tests/system/differ \
	tests/system/distance \
	tests/system/hostile \
	tests/system/lookup \
	tests/system/pool \
	tests/system/punctual \
	tests/system/revocation \
	tests/system/safety \
	tests/system/straits \
	tests/system/system
check_PROGRAMS += $(system) tests/system/fakenet.so tests/system/remains.so $(confined)
system_scripts = \
	tests/system/account.test \
	tests/system/confined.test \
	tests/system/least.test \
	tests/system/locale.test
TESTS += $(system) $(system_scripts)
EXTRA_DIST += $(system_scripts)
# What it preloads, for whoever runs it alone.
tests/system/account.test: tests/system/remains.so

process = \
	tests/system/process.c \
	tests/system/process.h \
	tests/system/wrapper.c \
	tests/system/wrapper.h
sources = \
	tests/system/issuer.c \
	tests/system/issuer.h \
	tests/system/sources.c \
	tests/system/sources.h
tests_system_capture_SOURCES = tests/system/capture.c $(process)
tests_system_crowd_SOURCES = tests/system/crowd.c $(process)
tests_system_differ_SOURCES = \
	tests/system/differ.c \
	tests/system/sorts.c \
	tests/system/sorts.h \
	$(process)
tests_system_distance_SOURCES = \
	$(process) \
	tests/system/distance.c \
	tests/system/relay.c \
	tests/system/relay.h
tests_system_hostile_SOURCES = \
	$(sources) \
	tests/system/hostile.c \
	tests/system/sorts.c \
	tests/system/sorts.h \
	$(process)
tests_system_lookup_SOURCES = $(process) $(sources) tests/system/lookup.c
tests_system_pool_SOURCES = tests/system/pool.c $(process)
tests_system_punctual_SOURCES = $(process) $(sources) tests/system/punctual.c
tests_system_revocation_SOURCES = \
	$(process) \
	$(sources) \
	tests/system/revocation.c \
	tests/system/room.c \
	tests/system/room.h
tests_system_safety_SOURCES = \
	$(process) \
	tests/system/garish.c \
	tests/system/garish.h \
	tests/system/safety.c
tests_system_straits_SOURCES = tests/system/straits.c $(process)
tests_system_system_SOURCES = \
	$(process) \
	tests/system/agree.c \
	tests/system/agree.h \
	tests/system/papers.c \
	tests/system/papers.h \
	tests/system/room.c \
	tests/system/room.h \
	tests/system/rows.c \
	tests/system/rows.h \
	tests/system/rows_cert.c \
	tests/system/rows_eap.c \
	tests/system/rows_logon.c \
	tests/system/rows_pool.c \
	tests/system/rows_sstp.c \
	tests/system/rows_windows.c \
	tests/system/scenes.c \
	tests/system/scenes.h \
	tests/system/system.c \
	tests/system/witness.c \
	tests/system/witness.h

# The plugins with a confine_to() that tells.
confined = \
	tests/system/confined_cert \
	tests/system/confined_pool \
	tests/system/confined_sstp
tests_system_confined_cert_SOURCES = tests/system/confined.c $(plugins_check_sstp_cert_SOURCES)
tests_system_confined_cert_LDADD = common/libsstp.a $(OPENSSL_LIBS)
tests_system_confined_pool_SOURCES = tests/system/confined.c $(plugins_check_sstp_pool_SOURCES)
tests_system_confined_pool_LDADD = common/libsstp.a $(OPENSSL_LIBS)
tests_system_confined_sstp_SOURCES = tests/system/confined.c $(plugins_check_sstp_SOURCES)
tests_system_confined_sstp_LDADD = common/libsstp.a $(OPENSSL_LIBS)

# To be preloaded, so they are shared objects and know nothing of sanitizers.
tests_system_fakenet_so_SOURCES = tests/system/fakenet.c
tests_system_fakenet_so_CFLAGS = $(STRICT_CFLAGS) -fPIC
tests_system_fakenet_so_LDFLAGS = -shared
tests_system_fakenet_so_LDADD =
tests_system_remains_so_SOURCES = tests/system/remains.c
tests_system_remains_so_CFLAGS = $(STRICT_CFLAGS) -fPIC
tests_system_remains_so_LDFLAGS = -shared
tests_system_remains_so_LDADD =

# A row for each cause and level under valgrind. Not part of make check: it takes minutes.
valgrind = valgrind -q --leak-check=full --error-exitcode=99 \
	--suppressions=$(abs_srcdir)/tests/system/valgrind.supp
EXTRA_DIST += tests/system/valgrind.supp

check-valgrind: all
	SYSTEM_WRAPPER='$(valgrind)' SYSTEM_SLOWNESS=10 \
	    $(MAKE) $(AM_MAKEFLAGS) check TESTS=tests/system/system
.PHONY: check-valgrind
