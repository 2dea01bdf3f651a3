# The rooms of the house, one library. A room's files stand under its name.
noinst_LIBRARIES += common/libsstp.a
common_libsstp_a_SOURCES = \
	$(base) $(wire) $(keys) $(facts) $(windump) $(cert) $(net) $(probe) $(verdict) $(report) $(cli)

base = \
	common/base/backends.c \
	common/base/backends.h \
	common/base/calendar.c \
	common/base/calendar.h \
	common/base/confine.c \
	common/base/confine.h \
	common/base/cursor.c \
	common/base/cursor.h \
	common/base/deadline.c \
	common/base/deadline.h \
	common/base/descriptors.c \
	common/base/descriptors.h \
	common/base/endpoint.c \
	common/base/endpoint.h \
	common/base/file.c \
	common/base/file.h \
	common/base/hex.c \
	common/base/hex.h \
	common/base/idn.c \
	common/base/idn.h \
	common/base/ipv4.c \
	common/base/ipv4.h \
	common/base/number.c \
	common/base/number.h \
	common/base/range.c \
	common/base/range.h \
	common/base/sanitize.c \
	common/base/sanitize.h \
	common/base/secret.c \
	common/base/secret.h \
	common/base/text.c \
	common/base/text.h \
	common/base/thumbprint.c \
	common/base/thumbprint.h \
	common/base/utf8.c \
	common/base/utf8.h

wire = \
	common/wire/body.c \
	common/wire/body.h \
	common/wire/eap.c \
	common/wire/eap.h \
	common/wire/eaptls.c \
	common/wire/eaptls.h \
	common/wire/chap.c \
	common/wire/chap.h \
	common/wire/http.c \
	common/wire/http.h \
	common/wire/ip.c \
	common/wire/ip.h \
	common/wire/pap.c \
	common/wire/pap.h \
	common/wire/ppp.c \
	common/wire/ppp.h \
	common/wire/sstp.c \
	common/wire/sstp.h \
	common/wire/url.c \
	common/wire/url.h

keys = \
	common/keys/chapmd5.c \
	common/keys/chapmd5.h \
	common/keys/cryptobind.c \
	common/keys/cryptobind.h \
	common/keys/des.c \
	common/keys/des.h \
	common/keys/digest.c \
	common/keys/digest.h \
	common/keys/keys.h \
	common/keys/md4.c \
	common/keys/md4.h \
	common/keys/mppe.c \
	common/keys/mppe.h \
	common/keys/mschap.c \
	common/keys/mschap.h \
	common/keys/peapkeys.c \
	common/keys/peapkeys.h

windump = \
	common/windump/decode.c \
	common/windump/decode.h \
	common/windump/jsondump.c \
	common/windump/jsondump.h \
	common/windump/netsh.c \
	common/windump/netsh.h \
	common/windump/registry.c \
	common/windump/registry.h \
	common/windump/shape.c \
	common/windump/shape.h \
	common/windump/windump.c \
	common/windump/windump.h

facts = \
	common/facts/dump.c \
	common/facts/dump.h \
	common/facts/facts.c \
	common/facts/facts.h \
	common/facts/persistence.c \
	common/facts/persistence.h \
	common/facts/ras.c \
	common/facts/ras.h \
	common/facts/revocation.c \
	common/facts/revocation.h \
	common/facts/trace.c \
	common/facts/trace.h

cert = \
	common/cert/certificate.c \
	common/cert/certificate.h \
	common/cert/crl.c \
	common/cert/crl.h \
	common/cert/detour.c \
	common/cert/detour.h \
	common/cert/digest.c \
	common/cert/digest.h \
	common/cert/certfile.c \
	common/cert/certfile.h \
	common/cert/names.c \
	common/cert/names.h \
	common/cert/ocsp.c \
	common/cert/ocsp.h \
	common/cert/path.c \
	common/cert/path.h \
	common/cert/points.c \
	common/cert/points.h \
	common/cert/trust.c \
	common/cert/trust.h

net = \
	common/net/dial.c \
	common/net/dial.h \
	common/net/loop.c \
	common/net/loop.h \
	common/net/memory.c \
	common/net/memory.h \
	common/net/resolve.c \
	common/net/resolve.h \
	common/net/stream.c \
	common/net/stream.h \
	common/net/tls.c \
	common/net/tls.h \
	common/net/tlsoffer.c \
	common/net/tlsoffer.h

probe = \
	common/probe/backoff.c \
	common/probe/backoff.h \
	common/probe/binding.c \
	common/probe/binding.h \
	common/probe/call.c \
	common/probe/call.h \
	common/probe/consent.c \
	common/probe/consent.h \
	common/probe/correlation.c \
	common/probe/correlation.h \
	common/probe/crowd.c \
	common/probe/crowd.h \
	common/probe/fetch.c \
	common/probe/fetch.h \
	common/probe/dumpfile.c \
	common/probe/dumpfile.h \
	common/probe/demand.c \
	common/probe/demand.h \
	common/probe/frames.c \
	common/probe/frames.h \
	common/probe/eapmethod.c \
	common/probe/eapmethod.h \
	common/probe/eapmschap.c \
	common/probe/eapmschap.h \
	common/probe/eappeer.c \
	common/probe/eappeer.h \
	common/probe/eaptunnel.c \
	common/probe/eaptunnel.h \
	common/probe/handshake.c \
	common/probe/handshake.h \
	common/probe/ipcp.c \
	common/probe/ipcp.h \
	common/probe/inspect.c \
	common/probe/inspect.h \
	common/probe/ladder.c \
	common/probe/ladder.h \
	common/probe/link.c \
	common/probe/link.h \
	common/probe/logon.c \
	common/probe/logon.h \
	common/probe/lockout.c \
	common/probe/lockout.h \
	common/probe/muster.c \
	common/probe/muster.h \
	common/probe/lookup.c \
	common/probe/lookup.h \
	common/probe/look.c \
	common/probe/look.h \
	common/probe/pcap.c \
	common/probe/pcap.h \
	common/probe/ping.c \
	common/probe/ping.h \
	common/probe/peap.c \
	common/probe/peap.h \
	common/probe/plan.h \
	common/probe/reach.c \
	common/probe/reach.h \
	common/probe/request.c \
	common/probe/request.h \
	common/probe/reconnect.c \
	common/probe/reconnect.h \
	common/probe/revocation.c \
	common/probe/revocation.h \
	common/probe/said.c \
	common/probe/said.h \
	common/probe/secure.c \
	common/probe/secure.h \
	common/probe/session.c \
	common/probe/session.h \
	common/probe/tlspeer.c \
	common/probe/tlspeer.h \
	common/probe/source.c \
	common/probe/source.h \
	common/probe/symptom.c \
	common/probe/symptom.h \
	common/probe/spread.c \
	common/probe/spread.h \
	common/probe/tracing.c \
	common/probe/tracing.h \
	common/probe/tools.c \
	common/probe/tools.h

# The table of causes. What is to explain them too compiles it once more, with CAUSES_EXPLAINED.
causes_rows = \
	common/verdict/causes_call.c \
	common/verdict/causes_cert.c \
	common/verdict/causes_http.c \
	common/verdict/causes_logon.c \
	common/verdict/causes_net.c \
	common/verdict/causes_pool.c \
	common/verdict/causes_tls.c \
	common/verdict/causes_tunnel.c \
	common/verdict/causes_windows.c

verdict = \
	common/verdict/answers.c \
	common/verdict/answers.h \
	common/verdict/bound.c \
	common/verdict/bound.h \
	common/verdict/boundpraise.c \
	common/verdict/boundpraise.h \
	common/verdict/causes.c \
	common/verdict/causes.h \
	$(causes_rows) \
	common/verdict/causes_rows.h \
	common/verdict/cert.c \
	common/verdict/cert.h \
	common/verdict/digests.c \
	common/verdict/digests.h \
	common/verdict/entries.c \
	common/verdict/entries.h \
	common/verdict/groups.c \
	common/verdict/groups.h \
	common/verdict/judge_agreement.c \
	common/verdict/judge_agreement.h \
	common/verdict/judge_auth.c \
	common/verdict/judge_auth.h \
	common/verdict/judge_binding.c \
	common/verdict/judge_binding.h \
	common/verdict/judge_cert.c \
	common/verdict/judge_cert.h \
	common/verdict/judge_eap.c \
	common/verdict/judge_eap.h \
	common/verdict/judge_expiry.c \
	common/verdict/judge_expiry.h \
	common/verdict/judge_http.c \
	common/verdict/judge_http.h \
	common/verdict/judge_identity.c \
	common/verdict/judge_identity.h \
	common/verdict/judge_listeners.c \
	common/verdict/judge_listeners.h \
	common/verdict/judge_offload.c \
	common/verdict/judge_offload.h \
	common/verdict/judge_persistence.c \
	common/verdict/judge_persistence.h \
	common/verdict/judge_ppp.c \
	common/verdict/judge_ppp.h \
	common/verdict/judge_proof.c \
	common/verdict/judge_proof.h \
	common/verdict/judge_reach.c \
	common/verdict/judge_reach.h \
	common/verdict/judge_restart.c \
	common/verdict/judge_restart.h \
	common/verdict/judge_revocation.c \
	common/verdict/judge_revocation.h \
	common/verdict/judge_sstp.c \
	common/verdict/judge_sstp.h \
	common/verdict/judge_tls.c \
	common/verdict/judge_tls.h \
	common/verdict/judge_tunnel.c \
	common/verdict/judge_tunnel.h \
	common/verdict/judge_twins.c \
	common/verdict/judge_twins.h \
	common/verdict/judge_vip.c \
	common/verdict/judge_vip.h \
	common/verdict/lifetime.c \
	common/verdict/lifetime.h \
	common/verdict/mending.c \
	common/verdict/mending.h \
	common/verdict/policy.c \
	common/verdict/policy.h \
	common/verdict/pool.c \
	common/verdict/pool.h \
	common/verdict/poolmetrics.c \
	common/verdict/poolmetrics.h \
	common/verdict/poolpraise.c \
	common/verdict/poolpraise.h \
	common/verdict/poolwords.c \
	common/verdict/poolwords.h \
	common/verdict/praise.c \
	common/verdict/praise.h \
	common/verdict/sstp.c \
	common/verdict/sstp.h \
	common/verdict/state.c \
	common/verdict/state.h \
	common/verdict/template.c \
	common/verdict/template.h \
	common/verdict/verdict.c \
	common/verdict/verdict.h \
	common/verdict/windows.c \
	common/verdict/windows.h \
	common/verdict/words.c \
	common/verdict/words.h

report = \
	common/report/about.c \
	common/report/about.h \
	common/report/json.c \
	common/report/jsonrevocation.c \
	common/report/jsonrevocation.h \
	common/report/jsontarget.c \
	common/report/jsontarget.h \
	common/report/jsonwriter.c \
	common/report/jsonwriter.h \
	common/report/lastwords.c \
	common/report/lastwords.h \
	common/report/perfdata.c \
	common/report/prometheus.c \
	common/report/prometheus.h \
	common/report/report.c \
	common/report/report.h \
	common/report/text.c \
	common/report/textline.c \
	common/report/textline.h \
	common/report/textrevocation.c \
	common/report/textrevocation.h \
	common/report/textpool.c \
	common/report/textpool.h \
	common/report/texttarget.c \
	common/report/texttarget.h \
	common/report/values.c \
	common/report/values.h \
	common/report/zabbix.c

cli = \
	common/cli/credentials.c \
	common/cli/credentials.h \
	common/cli/extra_opts.c \
	common/cli/extra_opts.h \
	common/cli/help.c \
	common/cli/hidden.c \
	common/cli/hidden.h \
	common/cli/ini.c \
	common/cli/ini.h \
	common/cli/options.c \
	common/cli/options.h \
	common/cli/tables.c \
	common/cli/tables.h
