# The plugins, one file and one manual page each.
libexec_PROGRAMS = plugins/check_sstp

plugins_check_sstp_SOURCES = plugins/check_sstp.c plugins/shared.c plugins/shared.h
plugins_check_sstp_LDADD = common/libsstp.a $(OPENSSL_LIBS)
