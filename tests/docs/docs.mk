# What --help, manual pages, completion and README say is the same, and true.
docs = \
	tests/docs/docs.test \
	tests/docs/examples.test
TESTS += $(docs)
EXTRA_DIST += \
	$(docs) \
	tests/docs/ask.zsh
