# The plugins, one file and one manual page each.
libexec_PROGRAMS = \
	plugins/check_sstp \
	plugins/check_sstp_cert \
	plugins/check_sstp_pool

shared = \
	plugins/plans.c \
	plugins/plans.h \
	plugins/shared.c \
	plugins/shared.h \
	plugins/shared_options.c \
	plugins/shared_options.h

plugins_check_sstp_SOURCES = \
	plugins/account.c \
	plugins/account.h \
	plugins/check_sstp.c \
	plugins/eap_options.c \
	plugins/eap_options.h \
	plugins/logon_options.c \
	plugins/logon_options.h \
	$(shared)
plugins_check_sstp_LDADD = common/libsstp.a $(OPENSSL_LIBS)
plugins_check_sstp_cert_SOURCES = \
	plugins/binding.c \
	plugins/binding.h \
	plugins/cert_options.c \
	plugins/cert_options.h \
	plugins/check_sstp_cert.c \
	$(shared)
plugins_check_sstp_cert_LDADD = common/libsstp.a $(OPENSSL_LIBS)

plugins_check_sstp_pool_SOURCES = \
	plugins/check_sstp_pool.c \
	plugins/expected.c \
	plugins/expected.h \
	plugins/pool_options.c \
	plugins/pool_options.h \
	$(shared)
plugins_check_sstp_pool_LDADD = common/libsstp.a $(OPENSSL_LIBS)

# A manual page is NAME.1.in with the version put in, and with the causes of the layers that concern
# it, as the table has them.
nodist_man_MANS = \
	plugins/check_sstp.1 \
	plugins/check_sstp_cert.1 \
	plugins/check_sstp_pool.1
EXTRA_DIST += \
	plugins/check_sstp.1.in \
	plugins/check_sstp_cert.1.in \
	plugins/check_sstp_pool.1.in
CLEANFILES += $(nodist_man_MANS) plugins/*.causes

# The build runs it: the plugins' own compiler may make programs for another machine.
mkcauses_sources = \
	common/verdict/causes.c \
	$(causes_rows) \
	common/verdict/state.c \
	plugins/mkcauses.c
mkcauses_headers = \
	common/verdict/causes.h \
	common/verdict/causes_rows.h \
	common/verdict/state.h
EXTRA_DIST += plugins/mkcauses.c
CLEANFILES += plugins/mkcauses
plugins/mkcauses: $(mkcauses_sources) $(mkcauses_headers)
	@$(MKDIR_P) plugins
	$(AM_V_CCLD)set --; for source in $(mkcauses_sources); do \
		set -- "$$@" $(srcdir)/$$source; \
	done; \
	$(CC_FOR_BUILD) -I$(srcdir)/common -DCAUSES_EXPLAINED $(CFLAGS_FOR_BUILD) -o $@ "$$@"

reach = dns local tcp tls cert
manual = $(SED) -e '/^@CAUSES@$$/r '$@.causes -e '/^@CAUSES@$$/d' \
	-e 's/[@]VERSION@/$(PACKAGE_VERSION)/'

plugins/check_sstp.1: plugins/check_sstp.1.in plugins/mkcauses
	$(AM_V_at)plugins/mkcauses check_sstp $(reach) http sstp ppp auth binding ip ping time >$@.causes
	$(AM_V_GEN)$(manual) $(srcdir)/plugins/check_sstp.1.in >$@.new && mv $@.new $@

plugins/check_sstp_cert.1: plugins/check_sstp_cert.1.in plugins/mkcauses
	$(AM_V_at)plugins/mkcauses check_sstp_cert $(reach) windows >$@.causes
	$(AM_V_GEN)$(manual) $(srcdir)/plugins/check_sstp_cert.1.in >$@.new && mv $@.new $@

plugins/check_sstp_pool.1: plugins/check_sstp_pool.1.in plugins/mkcauses
	$(AM_V_at)plugins/mkcauses check_sstp_pool pool $(reach) http sstp ppp >$@.causes
	$(AM_V_GEN)$(manual) $(srcdir)/plugins/check_sstp_pool.1.in >$@.new && mv $@.new $@
