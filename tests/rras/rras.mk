# rras-sim, an RRAS server with a fault knob per stage. Not only tests use it: so plain make builds it.
noinst_PROGRAMS += tests/rras/rras-sim
tests_rras_rras_sim_SOURCES = \
	tests/rras/account.c \
	tests/rras/account.h \
	tests/rras/answer.c \
	tests/rras/answer.h \
	tests/rras/auth.c \
	tests/rras/auth.h \
	tests/rras/authenticator.c \
	tests/rras/authenticator.h \
	tests/rras/binding.c \
	tests/rras/binding.h \
	tests/rras/breach.c \
	tests/rras/breach.h \
	tests/rras/carry.c \
	tests/rras/carry.h \
	tests/rras/certs.c \
	tests/rras/certs.h \
	tests/rras/chap.c \
	tests/rras/chap.h \
	tests/rras/compound.c \
	tests/rras/compound.h \
	tests/rras/ending.c \
	tests/rras/ending.h \
	tests/rras/extras.c \
	tests/rras/extras.h \
	tests/rras/frame.c \
	tests/rras/frame.h \
	tests/rras/hdlc.c \
	tests/rras/hdlc.h \
	tests/rras/http.c \
	tests/rras/http.h \
	tests/rras/ipcp.c \
	tests/rras/ipcp.h \
	tests/rras/journal.c \
	tests/rras/journal.h \
	tests/rras/knobs.c \
	tests/rras/knobs.h \
	tests/rras/l2tp.c \
	tests/rras/l2tp.h \
	tests/rras/lac.c \
	tests/rras/lac.h \
	tests/rras/lcp.c \
	tests/rras/lcp.h \
	tests/rras/line.c \
	tests/rras/line.h \
	tests/rras/listen.c \
	tests/rras/listen.h \
	tests/rras/logon.c \
	tests/rras/logon.h \
	tests/rras/md4.c \
	tests/rras/md4.h \
	tests/rras/member.c \
	tests/rras/member.h \
	tests/rras/message.c \
	tests/rras/message.h \
	tests/rras/mschapv2.c \
	tests/rras/mschapv2.h \
	tests/rras/network.c \
	tests/rras/network.h \
	tests/rras/octets.c \
	tests/rras/octets.h \
	tests/rras/offer.c \
	tests/rras/offer.h \
	tests/rras/options.c \
	tests/rras/options.h \
	tests/rras/packet.c \
	tests/rras/packet.h \
	tests/rras/pap.c \
	tests/rras/pap.h \
	tests/rras/ping.c \
	tests/rras/ping.h \
	tests/rras/ppp.c \
	tests/rras/ppp.h \
	tests/rras/pty.c \
	tests/rras/pty.h \
	tests/rras/refusal.c \
	tests/rras/refusal.h \
	tests/rras/rras_sim.c \
	tests/rras/serve.c \
	tests/rras/serve.h \
	tests/rras/sstp.c \
	tests/rras/sstp.h \
	tests/rras/terminate.c \
	tests/rras/terminate.h \
	tests/rras/terms.c \
	tests/rras/terms.h \
	tests/rras/tls.c \
	tests/rras/tls.h \
	tests/rras/words.c \
	tests/rras/words.h
tests_rras_rras_sim_LDADD = common/libsstp.a $(OPENSSL_LIBS)

TESTS += \
	tests/rras/call.test \
	tests/rras/pty.test \
	tests/rras/rras-sim.test \
	tests/rras/session.test
EXTRA_DIST += \
	tests/rras/call.test \
	tests/rras/demo \
	tests/rras/fingers.sh \
	tests/rras/pty.test \
	tests/rras/rras-sim.test \
	tests/rras/session.test \
	tests/rras/sim.sh
