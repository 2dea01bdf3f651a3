# The Debian package of contrib/debian: make check-package builds and tries it. Not part of make
# check: only Debian and its kin can.
EXTRA_DIST += tests/package/package.test

check-package: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS=tests/package/package.test
.PHONY: check-package
