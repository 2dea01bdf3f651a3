# Builds of other kinds than the one at hand: make check-builds. Each configures and builds in a
# folder of its own below this one, so this is not part of make check.
builds = \
	tests/builds/configure.test \
	tests/builds/cross.test \
	tests/builds/m32.test \
	tests/builds/musl.test
EXTRA_DIST += \
	$(builds) \
	tests/builds/coverage \
	tests/builds/lib.sh \
	tests/builds/packages32 \
	tests/builds/stand_ins.c

check-builds: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(builds)'

check-unit: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(unit)'

# Which lines of common/ the tests do not run.
coverage: all
	srcdir='$(srcdir)' $(srcdir)/tests/builds/coverage $(unit) $(system) $(system_scripts)

.PHONY: check-builds check-unit coverage
