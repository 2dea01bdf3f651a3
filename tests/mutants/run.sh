#!/bin/sh
# run.sh SOURCES: each NAME.patch of this folder breaks one subtle rule in a copy of SOURCES; the test
# that its first line names must then fail:
#
#   Test: tests/unit/probe/session
#
# A patch that does not apply, does not build, or is not noticed fails. Run in a configured build folder by
# make mutants; it works in tests/mutants/scratch there.
sources=$1
here=$sources/tests/mutants
. "$sources/tests/lib.sh"

tree=tests/mutants/scratch
rm -rf "$tree"
mkdir -p "$tree/b"
(cd "$sources" && tar -cf - --exclude=./.git --exclude=./.build --exclude=./autom4te.cache \
    --exclude=./tests/mutants/scratch .) | tar -xf - -C "$tree"
at_exit "rm -rf '$tree'"

# A source folder that was configured in place cannot be built beside.
[ ! -f "$tree/config.status" ] || (cd "$tree" && make distclean) >/dev/null 2>&1
if ! (cd "$tree/b" && ../configure --disable-hardening CFLAGS=-O1 && make -j2) >"$scratch/log" 2>&1; then
	tail -n 20 "$scratch/log" >&2
	exit 99
fi

# built TEST: build it, and the programs that it may start.
built() {
	(cd "$tree/b" && make -j2 && make -j2 "$1") >"$scratch/log" 2>&1
}

# passes TEST: a program that was built, or a script.
passes() {
	program=$1
	[ -e "$tree/b/$program" ] || program=../$program
	(cd "$tree/b" && srcdir=.. "./$program") >"$scratch/log" 2>&1
}

for patch in "$here"/*.patch; do
	name=$(basename "$patch" .patch)
	test=$(sed -n '1s/^Test: //p' "$patch")
	if ! built "$test" || ! passes "$test"; then
		not_ok "$name: $test passes on the sound source" "$(tail -n 20 "$scratch/log")"
		continue
	fi
	if ! patch -s -d "$tree" -p1 <"$patch" >"$scratch/log" 2>&1; then
		not_ok "$name applies" "$(cat "$scratch/log")"
		continue
	fi
	if ! built "$test"; then
		not_ok "$name builds" "$(tail -n 20 "$scratch/log")"
	elif passes "$test"; then
		not_ok "$name is noticed by $test"
	else
		ok "$name is noticed by $test"
	fi
	patch -s -R -d "$tree" -p1 <"$patch"
done
finish
