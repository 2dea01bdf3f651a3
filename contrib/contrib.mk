# What makes the plugins at home elsewhere.
dist_bashcompletion_DATA = \
	contrib/completion/check_sstp.bash \
	contrib/completion/check_sstp_cert.bash \
	contrib/completion/check_sstp_pool.bash

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
	contrib/debian/sstp.cfg \
	contrib/debian/tests/control \
	contrib/debian/tests/smoke

# What runs on the Windows server.
EXTRA_DIST += \
	contrib/windows/README \
	contrib/windows/sstp-collect.cmd \
	contrib/windows/sstp-collect.ps1
