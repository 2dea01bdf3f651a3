# Tests, beside what they test as far as a folder can be.
include tests/unit/unit.mk
include tests/support/support.mk
include tests/bench/bench.mk
include tests/builds/builds.mk
include tests/rras/rras.mk
include tests/fuzz/fuzz.mk
include tests/analysis/analysis.mk
include tests/docs/docs.mk
include tests/layering/layering.mk
include tests/package/package.mk
include tests/peers/peers.mk
include tests/mutants/mutants.mk
include tests/run/run.mk
include tests/system/system.mk
include tests/mutator/mutator.mk
include tests/deep.mk
include tests/faults/faults.mk
EXTRA_DIST += tests/README tests/lib.sh
