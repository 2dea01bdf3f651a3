# The packages of contrib/debian and contrib/rpm: make check-package builds and tries them. Not part of
# make check: only Debian and its kin can.
packages = \
	tests/package/package.test \
	tests/package/rpm.test
EXTRA_DIST += $(packages)

check-package: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(packages)'
.PHONY: check-package
