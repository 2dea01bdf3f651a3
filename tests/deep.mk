# What make check does in passing, at length: more seeds, more runs, other builds.
deep = \
	tests/faults/faults \
	tests/mutator/mutator \
	tests/system/punctual \
	tests/system/safety

check-deep: all
	FAULTS_STEP=1 MUTATOR_SEEDS=10000 PUNCTUAL_RUNS=200 SAFETY_SEEDS=200 \
	    $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(deep)'
	cat $(deep:=.log)
	BUILDS_DEEP=1 $(MAKE) $(AM_MAKEFLAGS) check-builds
.PHONY: check-deep
