# One libcheck program per module: tests/unit/ROOM/MODULE.c. They need no network.
# A new one is one line here: its source is the program's name and .c, and programs that do not say
# what they are linked with are unit tests.
unit = \
	tests/unit/base/backends \
	tests/unit/base/calendar \
	tests/unit/base/confine \
	tests/unit/base/cursor \
	tests/unit/base/deadline \
	tests/unit/base/endpoint \
	tests/unit/base/file \
	tests/unit/base/hex \
	tests/unit/base/idn \
	tests/unit/base/ipv4 \
	tests/unit/base/number \
	tests/unit/base/range \
	tests/unit/base/sanitize \
	tests/unit/base/secret \
	tests/unit/base/text \
	tests/unit/base/thumbprint \
	tests/unit/base/utf8 \
	tests/unit/cert/certificate \
	tests/unit/cert/crl \
	tests/unit/cert/ocsp \
	tests/unit/cert/path \
	tests/unit/cert/points \
	tests/unit/cert/trust \
	tests/unit/cli/credentials \
	tests/unit/cli/extra_opts \
	tests/unit/cli/hidden \
	tests/unit/cli/ini \
	tests/unit/cli/options \
	tests/unit/facts/ras \
	tests/unit/facts/trace \
	tests/unit/keys/chapmd5 \
	tests/unit/keys/cryptobind \
	tests/unit/keys/des \
	tests/unit/keys/digest \
	tests/unit/keys/md4 \
	tests/unit/keys/mppe \
	tests/unit/keys/mschap \
	tests/unit/keys/peapkeys \
	tests/unit/net/loop \
	tests/unit/net/memory \
	tests/unit/net/tls \
	tests/unit/net/tlsoffer \
	tests/unit/probe/backoff \
	tests/unit/probe/call \
	tests/unit/probe/consent \
	tests/unit/probe/dumpfile \
	tests/unit/probe/eaplogon \
	tests/unit/probe/eappeer \
	tests/unit/probe/ipcp \
	tests/unit/probe/link \
	tests/unit/probe/logon \
	tests/unit/probe/pcap \
	tests/unit/probe/peap \
	tests/unit/probe/ping \
	tests/unit/probe/request \
	tests/unit/probe/said \
	tests/unit/probe/session \
	tests/unit/probe/tlspeer \
	tests/unit/probe/tracing \
	tests/unit/probe/tunnel \
	tests/unit/probe/wiped \
	tests/unit/report/json \
	tests/unit/report/memory \
	tests/unit/report/perfdata \
	tests/unit/report/prometheus \
	tests/unit/report/remedies \
	tests/unit/report/report \
	tests/unit/report/revocation \
	tests/unit/report/text \
	tests/unit/rras/crypto \
	tests/unit/rras/l2tp \
	tests/unit/rras/radius \
	tests/unit/support/capture \
	tests/unit/support/clean \
	tests/unit/support/json \
	tests/unit/support/lines \
	tests/unit/support/prometheus \
	tests/unit/support/schema \
	tests/unit/support/scratch \
	tests/unit/verdict/bound \
	tests/unit/verdict/causes \
	tests/unit/verdict/cert \
	tests/unit/verdict/collected \
	tests/unit/verdict/eap \
	tests/unit/verdict/lifetime \
	tests/unit/verdict/persistence \
	tests/unit/verdict/policy \
	tests/unit/verdict/pool \
	tests/unit/verdict/reset \
	tests/unit/verdict/revocation \
	tests/unit/verdict/sstp \
	tests/unit/verdict/state \
	tests/unit/verdict/template \
	tests/unit/verdict/verdict \
	tests/unit/verdict/windows \
	tests/unit/verdict/words \
	tests/unit/windump/cut \
	tests/unit/windump/values \
	tests/unit/windump/windump \
	tests/unit/wire/body \
	tests/unit/wire/eap \
	tests/unit/wire/eaptls \
	tests/unit/wire/chap \
	tests/unit/wire/http \
	tests/unit/wire/ip \
	tests/unit/wire/pap \
	tests/unit/wire/ppp \
	tests/unit/wire/sstp \
	tests/unit/wire/url

check_PROGRAMS += $(unit)
TESTS += $(unit)

check_LIBRARIES = tests/unit/libunit.a
tests_unit_libunit_a_SOURCES = \
	tests/unit/unit.c \
	tests/unit/unit.h

# The tests of a session share its far end.
peer = \
	tests/unit/probe/peer.c \
	tests/unit/probe/peer.h
tests_unit_probe_session_SOURCES = tests/unit/probe/session.c $(peer)
tests_unit_probe_tracing_SOURCES = tests/unit/probe/tracing.c $(peer) $(wipes)
tests_unit_probe_tracing_LDFLAGS = $(watched)
# Those that come to a logon share what is said there, too.
talk = $(peer) \
	tests/unit/probe/talk.c \
	tests/unit/probe/talk.h
tests_unit_probe_eaplogon_SOURCES = tests/unit/probe/eaplogon.c $(talk)
tests_unit_probe_ipcp_SOURCES = tests/unit/probe/ipcp.c $(talk)
tests_unit_probe_link_SOURCES = tests/unit/probe/link.c $(talk)
tests_unit_probe_logon_SOURCES = tests/unit/probe/logon.c $(talk)
tests_unit_probe_ping_SOURCES = tests/unit/probe/ping.c $(talk)
tests_unit_probe_tunnel_SOURCES = tests/unit/probe/tunnel.c $(talk)
# This one looks at what is freed.
tests_unit_probe_wiped_SOURCES = tests/unit/probe/wiped.c $(talk) $(wipes)
tests_unit_probe_wiped_LDFLAGS = $(watched) \
	-Wl,--wrap=malloc -Wl,--wrap=realloc -Wl,--wrap=free

# What counts allocations, or wants for memory.
short = \
	tests/unit/shortage.c \
	tests/unit/shortage.h
wrapped = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
# What watches secrets being wiped.
wipes = \
	tests/unit/wipes.c \
	tests/unit/wipes.h
watched = $(AM_LDFLAGS) -Wl,--wrap=secret_wipe -Wl,--wrap=secret_wipe_chars
tests_unit_base_file_SOURCES = tests/unit/base/file.c $(wipes)
tests_unit_base_file_LDFLAGS = $(watched)
tests_unit_cli_extra_opts_SOURCES = tests/unit/cli/extra_opts.c $(wipes)
tests_unit_cli_extra_opts_LDFLAGS = $(watched)
tests_unit_cli_hidden_SOURCES = tests/unit/cli/hidden.c $(short) $(wipes)
tests_unit_cli_hidden_LDFLAGS = $(watched) $(wrapped)
tests_unit_net_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=realloc -Wl,--wrap=free
tests_unit_probe_tlspeer_SOURCES = tests/unit/probe/tlspeer.c $(wipes)
tests_unit_probe_tlspeer_LDFLAGS = $(watched) -Wl,--wrap=memory_watch
tests_unit_cli_credentials_SOURCES = tests/unit/cli/credentials.c $(short)
tests_unit_cli_credentials_LDFLAGS = $(wrapped)
tests_unit_probe_backoff_SOURCES = tests/unit/probe/backoff.c $(short)
tests_unit_probe_backoff_LDFLAGS = $(wrapped)
tests_unit_probe_pcap_SOURCES = tests/unit/probe/pcap.c $(short) $(wipes)
tests_unit_probe_pcap_LDFLAGS = $(watched) $(wrapped)

# The tests of the report share a sample.
sample = \
	tests/unit/report/sample.c \
	tests/unit/report/sample.h
tests_unit_report_json_SOURCES = tests/unit/report/json.c $(sample)
tests_unit_report_memory_SOURCES = tests/unit/report/memory.c $(sample) $(short)
tests_unit_report_memory_LDFLAGS = $(wrapped)
tests_unit_report_prometheus_SOURCES = tests/unit/report/prometheus.c $(sample)
tests_unit_report_remedies_SOURCES = tests/unit/report/remedies.c $(sample)
tests_unit_report_report_SOURCES = tests/unit/report/report.c $(sample)
tests_unit_report_text_SOURCES = tests/unit/report/text.c $(sample)
tests_unit_support_schema_SOURCES = tests/unit/support/schema.c $(sample)
tests_unit_verdict_causes_SOURCES = tests/unit/verdict/causes.c $(causes_rows)
tests_unit_verdict_causes_CPPFLAGS = $(AM_CPPFLAGS) -DCAUSES_EXPLAINED

# The tests of what Windows says share a server.
server = \
	tests/unit/verdict/server.c \
	tests/unit/verdict/server.h
tests_unit_verdict_bound_SOURCES = tests/unit/verdict/bound.c $(server)
tests_unit_verdict_collected_SOURCES = tests/unit/verdict/collected.c $(server)
tests_unit_verdict_reset_SOURCES = tests/unit/verdict/reset.c $(server)
tests_unit_verdict_windows_SOURCES = tests/unit/verdict/windows.c $(server)

# The tests of windump feed it in one way.
feed = \
	tests/unit/windump/feed.c \
	tests/unit/windump/feed.h
tests_unit_windump_cut_SOURCES = tests/unit/windump/cut.c $(feed)
tests_unit_windump_values_SOURCES = tests/unit/windump/values.c $(feed)
tests_unit_windump_windump_SOURCES = tests/unit/windump/windump.c $(feed)

# rras-sim's arithmetic and packets are its own.
tests_unit_rras_crypto_SOURCES = \
	tests/rras/compound.c \
	tests/rras/compound.h \
	tests/rras/md4.c \
	tests/rras/md4.h \
	tests/rras/mschapv2.c \
	tests/rras/mschapv2.h \
	tests/unit/rras/crypto.c
# That of texts looks at what is freed.
tests_unit_base_text_SOURCES = tests/unit/base/text.c
tests_unit_base_text_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=free

# The tests of keys share how vectors are written.
vectors = \
	tests/unit/keys/vector.c \
	tests/unit/keys/vector.h
tests_unit_keys_chapmd5_SOURCES = tests/unit/keys/chapmd5.c $(vectors)
tests_unit_keys_cryptobind_SOURCES = tests/unit/keys/cryptobind.c $(vectors) $(wipes)
tests_unit_keys_cryptobind_LDFLAGS = $(watched)
tests_unit_keys_des_SOURCES = tests/unit/keys/des.c $(vectors) $(wipes)
tests_unit_keys_des_LDFLAGS = $(watched)
tests_unit_keys_digest_SOURCES = tests/unit/keys/digest.c $(vectors)
tests_unit_keys_md4_SOURCES = tests/unit/keys/md4.c $(vectors) $(wipes)
tests_unit_keys_md4_LDFLAGS = $(watched)
tests_unit_keys_mppe_SOURCES = tests/unit/keys/mppe.c $(vectors) $(wipes)
tests_unit_keys_mppe_LDFLAGS = $(watched)
tests_unit_keys_mschap_SOURCES = tests/unit/keys/mschap.c $(vectors) $(wipes)
tests_unit_keys_mschap_LDFLAGS = $(watched)
tests_unit_rras_l2tp_SOURCES = \
	tests/rras/l2tp.c \
	tests/rras/l2tp.h \
	tests/rras/octets.c \
	tests/rras/octets.h \
	tests/unit/rras/l2tp.c
# The tests of revocation share authorities.
scene = \
	tests/unit/cert/scene.c \
	tests/unit/cert/scene.h
tests_unit_cert_certificate_SOURCES = tests/unit/cert/certificate.c $(scene)
tests_unit_cert_crl_SOURCES = tests/unit/cert/crl.c $(scene)
tests_unit_cert_ocsp_SOURCES = tests/unit/cert/ocsp.c $(scene)
tests_unit_cert_path_SOURCES = tests/unit/cert/path.c $(scene)
tests_unit_cert_points_SOURCES = tests/unit/cert/points.c $(scene)
tests_unit_cert_trust_SOURCES = tests/unit/cert/trust.c $(scene) $(short)
tests_unit_cert_trust_LDFLAGS = $(wrapped)
tests_unit_rras_radius_SOURCES = \
	tests/rras/octets.c \
	tests/rras/octets.h \
	tests/rras/radius.c \
	tests/rras/radius.h \
	tests/unit/rras/radius.c
tests_unit_keys_peapkeys_SOURCES = tests/unit/keys/peapkeys.c $(vectors) $(wipes)
tests_unit_keys_peapkeys_LDFLAGS = $(watched)

# The tests of packets; some count allocations.
packets = \
	tests/unit/wire/wire.c \
	tests/unit/wire/wire.h
tests_unit_probe_eappeer_SOURCES = tests/unit/probe/eappeer.c $(packets) $(vectors) $(wipes)
tests_unit_probe_eappeer_LDFLAGS = $(watched)
tests_unit_probe_peap_SOURCES = tests/unit/probe/peap.c $(packets) $(vectors) $(wipes)
tests_unit_probe_peap_LDFLAGS = $(watched)
tests_unit_probe_said_SOURCES = tests/unit/probe/said.c $(short)
tests_unit_probe_said_LDFLAGS = $(wrapped)
tests_unit_support_capture_SOURCES = tests/unit/support/capture.c $(packets)
tests_unit_wire_eap_SOURCES = tests/unit/wire/eap.c $(packets)
tests_unit_wire_eaptls_SOURCES = tests/unit/wire/eaptls.c $(packets)
tests_unit_wire_chap_SOURCES = tests/unit/wire/chap.c $(packets) $(short)
tests_unit_wire_chap_LDFLAGS = $(wrapped)
tests_unit_wire_ip_SOURCES = tests/unit/wire/ip.c $(packets)
tests_unit_wire_pap_SOURCES = tests/unit/wire/pap.c $(packets)
tests_unit_wire_ppp_SOURCES = tests/unit/wire/ppp.c $(packets) $(short)
tests_unit_wire_ppp_LDFLAGS = $(wrapped)
tests_unit_wire_sstp_SOURCES = tests/unit/wire/sstp.c $(packets) $(short)
tests_unit_wire_sstp_LDFLAGS = $(wrapped)

AM_CPPFLAGS += -I$(top_srcdir)/tests $(CHECK_CFLAGS)
LDADD = tests/unit/libunit.a tests/support/libsupport.a common/libsstp.a $(CHECK_LIBS) $(OPENSSL_LIBS)
