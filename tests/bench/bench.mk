# What a single check costs, beside its neighbours. The figures are not part of make check, as they
# need valgrind and the neighbours; the programs are, so that they stay sound.
bench_programs = tests/bench/frugal tests/bench/naive tests/bench/peak
check_PROGRAMS += $(bench_programs)
bench_client = tests/bench/client.c tests/bench/client.h
tests_bench_frugal_SOURCES = tests/bench/frugal.c $(bench_client)
tests_bench_frugal_LDADD = $(OPENSSL_LIBS)
tests_bench_naive_SOURCES = tests/bench/naive.c $(bench_client)
tests_bench_naive_LDADD = $(OPENSSL_LIBS)
tests_bench_peak_SOURCES = tests/bench/peak.c
tests_bench_peak_LDADD =

bench: all $(bench_programs)
	@srcdir=$(srcdir) $(srcdir)/tests/bench/bench full
bench-check: all $(bench_programs)
	@srcdir=$(srcdir) $(srcdir)/tests/bench/bench check
bench-pool: all $(bench_programs)
	@srcdir=$(srcdir) $(srcdir)/tests/bench/pool $(srcdir)/tests/bench
bench-pool-check: all $(bench_programs)
	@srcdir=$(srcdir) $(srcdir)/tests/bench/pool
.PHONY: bench bench-check bench-pool bench-pool-check

EXTRA_DIST += \
	tests/bench/GROWTH \
	tests/bench/RATIOS \
	tests/bench/bench \
	tests/bench/growth.svg \
	tests/bench/pool
