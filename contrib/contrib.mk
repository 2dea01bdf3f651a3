# What makes the plugins at home elsewhere.
dist_bashcompletion_DATA = contrib/completion/check_sstp.bash
