# What makes the plugins at home elsewhere.
dist_bashcompletion_DATA = \
	contrib/completion/check_sstp.bash \
	contrib/completion/check_sstp_cert.bash \
	contrib/completion/check_sstp_pool.bash
dist_zshcompletion_DATA = \
	contrib/completion/_check_sstp \
	contrib/completion/_check_sstp_cert \
	contrib/completion/_check_sstp_pool

# They come from the plugins' own tables of options; make completion after a change.
EXTRA_DIST += \
	contrib/completion/complete \
	contrib/options

completion: $(libexec_PROGRAMS)
	for plugin in $(libexec_PROGRAMS); do \
		folder=$(srcdir)/contrib/completion; name=$${plugin##*/}; \
		$$folder/complete bash $$plugin >$$folder/$$name.bash || exit; \
		$$folder/complete zsh $$plugin >$$folder/_$$name || exit; \
	done

# The Debian package, built by contrib/debian/build.
EXTRA_DIST += \
	contrib/debian/build \
	contrib/debian/changelog \
	contrib/debian/control \
	contrib/debian/copyright \
	contrib/debian/docs \
	contrib/debian/install \
	contrib/debian/rules \
	contrib/debian/source/format \
	contrib/debian/tests/control \
	contrib/debian/tests/probe \
	contrib/debian/tests/smoke

# The RPM.
EXTRA_DIST += contrib/rpm/monitoring-plugins-sstp.spec

# What runs on the Windows server.
EXTRA_DIST += \
	contrib/windows/README \
	contrib/windows/sstp-collect.cmd \
	contrib/windows/sstp-collect.ps1

# For Icinga 2. The commands come from the plugins' own tables of options; make icinga2 after a change.
EXTRA_DIST += \
	contrib/icinga2/commands \
	contrib/icinga2/sstp-commands.conf \
	contrib/icinga2/sstp-services.conf

icinga2: $(libexec_PROGRAMS)
	$(srcdir)/contrib/icinga2/commands $(libexec_PROGRAMS) >$(srcdir)/contrib/icinga2/sstp-commands.conf.new
	mv $(srcdir)/contrib/icinga2/sstp-commands.conf.new $(srcdir)/contrib/icinga2/sstp-commands.conf

# For Nagios and its kin, and for NRPE.
EXTRA_DIST += \
	contrib/nagios/services.cfg \
	contrib/nagios/sstp.cfg \
	contrib/nrpe/sstp.cfg

# For load balancers: their own monitors, and the plugins as monitors.
EXTRA_DIST += \
	contrib/balancers/README \
	contrib/balancers/aws-nlb.sh \
	contrib/balancers/azure-application-gateway.bicep \
	contrib/balancers/azure-load-balancer.sh \
	contrib/balancers/azure-traffic-manager.sh \
	contrib/balancers/citrix-adc.txt \
	contrib/balancers/f5.tmsh \
	contrib/balancers/haproxy-external.cfg \
	contrib/balancers/haproxy.cfg \
	contrib/balancers/keepalived-misc.conf \
	contrib/balancers/keepalived.conf \
	contrib/balancers/kemp.txt \
	contrib/balancers/nginx.conf \
	contrib/balancers/sstp-health

# For Prometheus and Grafana.
EXTRA_DIST += \
	contrib/grafana/sstp.json \
	contrib/prometheus/sstp-rules.yml \
	contrib/prometheus/sstp-textfile \
	contrib/prometheus/sstp@.service \
	contrib/prometheus/sstp@.timer

# For Zabbix. The templates take what they say of causes from the manual pages, and those from the
# plugins; make zabbix after a change.
EXTRA_DIST += \
	contrib/zabbix/README \
	contrib/zabbix/sstp-agent-templates.yaml \
	contrib/zabbix/sstp-agent.conf \
	contrib/zabbix/sstp-templates.yaml \
	contrib/zabbix/templates

zabbix: $(nodist_man_MANS)
	for variant in external agent; do \
		case $$variant in \
		agent) file=$(srcdir)/contrib/zabbix/sstp-agent-templates.yaml ;; \
		*) file=$(srcdir)/contrib/zabbix/sstp-templates.yaml ;; \
		esac; \
		$(srcdir)/contrib/zabbix/templates $$variant $(nodist_man_MANS) >$$file.new && \
		    mv $$file.new $$file || exit; \
	done
