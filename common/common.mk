# The rooms of the house, one library. A room's files stand under its name.
noinst_LIBRARIES += common/libsstp.a
common_libsstp_a_SOURCES = \
	$(base) $(wire) $(facts) $(cert) $(net) $(probe) $(verdict) $(report) $(cli)

base = \
	common/base/cursor.c \
	common/base/cursor.h \
	common/base/deadline.c \
	common/base/deadline.h \
	common/base/endpoint.c \
	common/base/endpoint.h \
	common/base/hex.c \
	common/base/hex.h \
	common/base/idn.c \
	common/base/idn.h \
	common/base/number.c \
	common/base/number.h \
	common/base/range.c \
	common/base/range.h \
	common/base/sanitize.c \
	common/base/sanitize.h \
	common/base/text.c \
	common/base/text.h \
	common/base/utf8.c \
	common/base/utf8.h
wire = \
	common/wire/http.c \
	common/wire/http.h
facts =
cert =
net =
probe =
verdict =
report =
cli =
