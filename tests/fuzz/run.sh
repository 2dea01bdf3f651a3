#!/bin/sh
# Build fuzz targets and let each run for a while, on each processor one: run.sh SOURCE-DIR SECONDS
# "TARGETS" FILE...
# FILEs are the sources under test, relative to the source folder. Everything that is made, finds
# included, goes to tests/fuzz/scratch/ in the current folder, where config.h is. The last line
# counts the targets.
set -u
srcdir=$1 seconds=$2 targets=$3
shift 3

cc=${FUZZ_CC:-clang}
flags="-std=gnu11 -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all"
flags="$flags -I. -I$srcdir/common -I$srcdir/tests"
scratch=tests/fuzz/scratch
processors=$(nproc)
passed=0
failed=0

finish() {
	printf '%d passed, %d failed, 0 skipped\n' "$passed" "$failed"
	[ "$failed" -eq 0 ]
	exit
}

if ! command -v "$cc" >/dev/null; then
	echo "fuzzing needs clang with libFuzzer; $cc was not found (set FUZZ_CC)"
	failed=1
	finish
fi

# What is tested is compiled once, for all targets, on all processors.
rm -rf "$scratch/objects"
mkdir -p "$scratch/objects"
objects() {
	for file; do
		case $file in
		*.c) echo "$scratch/objects/$(echo "${file%.c}" | tr / -).o" "$srcdir/$file" ;;
		esac
	done
}
# Lists are split on purpose.
# shellcheck disable=SC2086
objects "$@" | xargs -n 2 -P "$processors" \
    "$cc" $flags -fsanitize=fuzzer-no-link,address,undefined -c -o || failed=1
[ "$failed" -eq 0 ] && ar rcs "$scratch/objects/tested.a" "$scratch"/objects/*.o || failed=1
[ "$failed" -eq 0 ] || finish

# merged TARGET: of what earlier runs found beyond the seeds, as few inputs stay as reach the same.
merged() {
	corpus=$scratch/corpus/$1 least=$scratch/least/$1
	mkdir -p "$corpus" && rm -rf "$least" && mkdir -p "$least" || return
	[ -n "$(ls "$corpus")" ] || return 0
	"$scratch/$1" -merge=1 "$least" "$seeds" "$corpus" && rm -r "$corpus" && mv "$least" "$corpus"
}

# fuzzed TARGET: build it and let it run; what libFuzzer says is kept beside it.
fuzzed() {
	# shellcheck disable=SC2086
	"$cc" $flags -fsanitize=fuzzer,address,undefined -o "$scratch/$1" \
	    "$srcdir/tests/fuzz/$1.c" "$scratch/objects/tested.a" -lssl -lcrypto || return
	seeds=$srcdir/tests/fuzz/corpus/$1
	[ -d "$seeds" ] || seeds=$scratch/seeds/$1
	merged "$1" >"$scratch/$1.log" 2>&1 &&
	    "$scratch/$1" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
	        -dict="$srcdir/tests/fuzz/dictionary/$1" -artifact_prefix="$scratch/$1-" \
	        "$scratch/corpus/$1" "$seeds" >"$scratch/$1.log" 2>&1 && return
	tail -n 60 "$scratch/$1.log"
	return 1
}

# tried TARGET: fuzz it, and leave behind whether it passed.
tried() {
	if fuzzed "$1"; then
		: >"$scratch/$1.passed"
		echo "$1: $(sed -n 's/^stat::number_of_executed_units: *//p' \
		    "$scratch/$1.log") inputs in $seconds s, and no fault"
	else
		echo "$1: failed; the input is in $scratch/$1-*"
	fi
}

# lane NUMBER: the targets of one processor, one behind the other.
lane() {
	turn=0
	for target in $targets; do
		[ $((turn % processors)) -ne "$1" ] || tried "$target"
		turn=$((turn + 1))
	done
}

rm -f "$scratch"/*.passed
number=0
while [ "$number" -lt "$processors" ]; do
	lane "$number" &
	number=$((number + 1))
done
wait
for target in $targets; do
	if [ -e "$scratch/$target.passed" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
finish
