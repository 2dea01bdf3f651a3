# What the analysers share. To be sourced, in a build folder; it goes to the source folder. The
# analyser's name comes from the script's.
. "${srcdir:-.}/tests/lib.sh"

build=$(pwd)
cd "${srcdir:-.}" || exit 99
analyser=$(basename "$0" .test)
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# analyser_needs COMMAND
analyser_needs() {
	command -v "$1" >/dev/null && return
	not_ok "$analyser can be run here" "$1 is not installed"
	finish
}

# on_each COMMAND..: run it on every C file, its name as the last argument, many at a time. What is
# found goes to stdout; when nothing is said and yet something failed, that is said.
on_each() {
	found=$(find common plugins tests -name '*.c' | LC_ALL=C sort |
	    xargs -n 1 -P "$jobs" "$@" 2>"$scratch/errors")
	status=$?
	[ $status -eq 0 ] || [ -n "$found" ] || found="exit status $status: $(cat "$scratch/errors")"
	printf '%s' "$found"
}

# A file with a fault that every analyser must see.
spoilt=$scratch/spoilt.c
cat >"$spoilt" <<'END'
#include <stdlib.h>

void spoilt(char *chars);

void
spoilt(char *chars)
{
	free(chars);
	free(chars);
}
END
