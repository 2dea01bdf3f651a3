# Plugins against real software. They are not part of make check: a machine may not have it.
peers = \
	tests/peers/apache.test \
	tests/peers/balancers.test \
	tests/peers/eap.test \
	tests/peers/freeradius.test \
	tests/peers/haproxy.test \
	tests/peers/icinga.test \
	tests/peers/keepalived.test \
	tests/peers/nagios.test \
	tests/peers/newcomer.test \
	tests/peers/nginx.test \
	tests/peers/ocsp.test \
	tests/peers/pool.test \
	tests/peers/nrpe.test \
	tests/peers/openssl.test \
	tests/peers/powershell.test \
	tests/peers/pppd.test \
	tests/peers/prometheus.test \
	tests/peers/promtool.test \
	tests/peers/refused.test \
	tests/peers/softether.test \
	tests/peers/sshd.test \
	tests/peers/sstpc-pppd.test \
	tests/peers/sstpc.test \
	tests/peers/systemd.test \
	tests/peers/wine.test \
	tests/peers/zabbix.test
EXTRA_DIST += \
	$(peers) \
	tests/peers/ALLOWED \
	tests/peers/inside.sh \
	tests/peers/keepalived.init \
	tests/peers/lib.sh \
	tests/peers/module \
	tests/peers/powershell.cjs \
	tests/peers/pppd.init \
	tests/peers/radius.sh \
	tests/peers/rules.yml \
	tests/peers/sstpc-pppd.init \
	tests/peers/systemd.init \
	tests/peers/uml.sh

check-peers: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(peers)'

.PHONY: check-peers
