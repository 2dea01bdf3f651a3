# The rooms of the house, one library. A room's files stand under its name.
noinst_LIBRARIES += common/libsstp.a
common_libsstp_a_SOURCES = \
	$(base) $(wire) $(facts) $(cert) $(net) $(probe) $(verdict) $(report) $(cli)

base = \
	common/base/deadline.c \
	common/base/deadline.h \
	common/base/hex.c \
	common/base/hex.h \
	common/base/number.c \
	common/base/number.h \
	common/base/range.c \
	common/base/range.h \
	common/base/text.c \
	common/base/text.h
wire =
facts = \
	common/facts/facts.c \
	common/facts/facts.h
cert =
net =
probe =
verdict =
report =
cli =
