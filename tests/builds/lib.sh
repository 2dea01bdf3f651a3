# What the builds of other kinds share. To be sourced after tests/lib.sh.

source=$(cd "${srcdir:-.}" && pwd)

# give_up WHY
give_up() {
	skip "this build" "$1"
	finish
}

# done_well WHAT COMMAND..: it succeeds; else the end of what it said is told.
done_well() {
	what=$1
	shift
	if "$@" >"$scratch/said" 2>&1 </dev/null; then
		ok "$what"
	else
		not_ok "$what" "$(tail -n 30 "$scratch/said")"
	fi
}

# runs COMMAND..: whether that compiler makes what runs here.
runs() {
	echo 'int main(void) { return 0; }' >"$scratch/trial.c"
	"$@" -o "$scratch/trial" "$scratch/trial.c" 2>/dev/null && "$scratch/trial"
}

# make_all TARGET..
make_all() {
	make -j"$(getconf _NPROCESSORS_ONLN)" "$@"
}

[ ! -e "$source/config.status" ] || give_up "the source folder is configured for a build in place"

# The make that has begun this is not the one of the build.
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES MFLAGS
