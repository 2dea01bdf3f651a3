# Fuzzing with libFuzzer: make fuzz SECONDS=60. Not part of make check.
fuzz_targets = \
	backends \
	binding \
	body \
	certificate \
	chap \
	credentials \
	crl \
	eap \
	endpoint \
	extra_opts \
	facts \
	http \
	ip \
	logon \
	ocsp \
	ppp \
	range \
	session \
	sstp \
	thumbprint \
	url \
	windump

# What targets use of the tests.
fuzz_support = \
	tests/support/clean.c \
	tests/support/eapserver.c \
	tests/support/json.c \
	tests/support/perfdata.c \
	tests/support/prometheus.c \
	tests/support/schema.c

SECONDS = 10
fuzz: config.h tests/fuzz/seeds$(EXEEXT)
	$(MKDIR_P) tests/fuzz/scratch
	tests/fuzz/seeds$(EXEEXT) tests/fuzz/scratch/seeds
	@$(srcdir)/tests/fuzz/run.sh $(srcdir) $(SECONDS) "$(fuzz_targets)" \
	    $(common_libsstp_a_SOURCES) $(fuzz_support)
.PHONY: fuzz

# What some targets begin with is written, not kept.
check_PROGRAMS += tests/fuzz/seeds
tests_fuzz_seeds_LDADD = tests/support/libsupport.a common/libsstp.a $(OPENSSL_LIBS)

clean-local: fuzz-clean
fuzz-clean:
	rm -rf tests/fuzz/scratch
.PHONY: fuzz-clean

EXTRA_DIST += \
	tests/fuzz/authority.h \
	tests/fuzz/backends.c \
	tests/fuzz/binding.c \
	tests/fuzz/body.c \
	tests/fuzz/certificate.c \
	tests/fuzz/chap.c \
	tests/fuzz/corpus \
	tests/fuzz/credentials.c \
	tests/fuzz/crl.c \
	tests/fuzz/dictionary \
	tests/fuzz/eap.c \
	tests/fuzz/endpoint.c \
	tests/fuzz/extra_opts.c \
	tests/fuzz/facts.c \
	tests/fuzz/fuzz.h \
	tests/fuzz/http.c \
	tests/fuzz/ip.c \
	tests/fuzz/logon.c \
	tests/fuzz/ocsp.c \
	tests/fuzz/ppp.c \
	tests/fuzz/range.c \
	tests/fuzz/run.sh \
	tests/fuzz/session.c \
	tests/fuzz/sstp.c \
	tests/fuzz/thumbprint.c \
	tests/fuzz/told.h \
	tests/fuzz/url.c \
	tests/fuzz/windump.c
