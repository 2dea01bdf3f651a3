# Static analysis: make check-analysis. Not part of make check: what is found depends on the
# analysers' versions. Those of Debian 12 find nothing.
analysis = \
	tests/analysis/clang-tidy.test \
	tests/analysis/cppcheck.test \
	tests/analysis/fanalyzer.test
EXTRA_DIST += \
	$(analysis) \
	.clang-tidy \
	tests/.clang-tidy \
	tests/analysis/fanalyzer.flags \
	tests/analysis/lib.sh

check-analysis: all
	ANALYSIS_CFLAGS='$(OPENSSL_CFLAGS) $(CHECK_CFLAGS)' \
	    $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(analysis)'
.PHONY: check-analysis
