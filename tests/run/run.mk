# What runs the tests, and tests of that.
TESTS += \
	tests/run/bootstrap.test \
	tests/run/ci.test \
	tests/run/peers.test \
	tests/run/tally.test
EXTRA_DIST += \
	tests/run/bootstrap.test \
	tests/run/ci.test \
	tests/run/peers.test \
	tests/run/tally \
	tests/run/tally.test
