# What --help, manual pages, completion and README say is the same, and true.
TESTS += tests/docs/docs.test
EXTRA_DIST += \
	tests/docs/ask.zsh \
	tests/docs/docs.test
