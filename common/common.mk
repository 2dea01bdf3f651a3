# The rooms of the house, one library. A room's files stand under its name.
noinst_LIBRARIES += common/libsstp.a
common_libsstp_a_SOURCES = \
	$(base) $(wire) $(facts) $(cert) $(net) $(probe) $(verdict) $(report) $(cli)

base =
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
