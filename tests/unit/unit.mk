# One libcheck program per module: tests/unit/ROOM/MODULE.c. They need no network.
# A new one is one line here: its source is the program's name and .c, and programs that do not say
# what they are linked with are unit tests.
unit = \
	tests/unit/base/cursor \
	tests/unit/base/deadline \
	tests/unit/base/endpoint \
	tests/unit/base/hex \
	tests/unit/base/idn \
	tests/unit/base/number \
	tests/unit/base/range \
	tests/unit/base/sanitize \
	tests/unit/base/text \
	tests/unit/base/utf8 \
	tests/unit/wire/http

check_PROGRAMS += $(unit)
TESTS += $(unit)

check_LIBRARIES = tests/unit/libunit.a
tests_unit_libunit_a_SOURCES = \
	tests/unit/unit.c \
	tests/unit/unit.h

AM_CPPFLAGS += -I$(top_srcdir)/tests $(CHECK_CFLAGS)
LDADD = tests/unit/libunit.a common/libsstp.a $(CHECK_LIBS) $(OPENSSL_LIBS)
