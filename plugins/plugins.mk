# The plugins, one file and one manual page each.
libexec_PROGRAMS =
