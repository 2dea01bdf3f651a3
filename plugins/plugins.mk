# The plugins, one file and one manual page each.
libexec_PROGRAMS = plugins/check_sstp

plugins_check_sstp_SOURCES = plugins/check_sstp.c plugins/shared.c plugins/shared.h
plugins_check_sstp_LDADD = common/libsstp.a $(OPENSSL_LIBS)

# A manual page is NAME.1.in with the causes, as the table has them, and the version put in.
nodist_man_MANS = plugins/check_sstp.1
EXTRA_DIST += plugins/check_sstp.1.in
CLEANFILES += plugins/check_sstp.1 plugins/causes.mdoc

noinst_PROGRAMS += plugins/mkcauses
plugins_mkcauses_SOURCES = plugins/mkcauses.c
plugins_mkcauses_LDADD = common/libsstp.a

plugins/causes.mdoc: plugins/mkcauses$(EXEEXT)
	$(AM_V_GEN)plugins/mkcauses$(EXEEXT) >$@.new && mv $@.new $@

plugins/check_sstp.1: plugins/check_sstp.1.in plugins/causes.mdoc
	$(AM_V_GEN)$(SED) -e '/^@CAUSES@$$/r plugins/causes.mdoc' -e '/^@CAUSES@$$/d' \
	    -e 's/[@]VERSION@/$(PACKAGE_VERSION)/' \
	    $(srcdir)/plugins/check_sstp.1.in >$@.new && mv $@.new $@
