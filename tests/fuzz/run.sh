#!/bin/sh
# Build fuzz targets and let each run for a while: run.sh SOURCE-DIR SECONDS "TARGETS" FILE...
# FILEs are the sources under test, relative to the source folder. Everything that is made, finds
# included, goes to tests/fuzz/scratch/ in the current folder, where config.h is.
set -eu
srcdir=$1 seconds=$2 targets=$3
shift 3

cc=${FUZZ_CC:-clang}
if ! command -v "$cc" >/dev/null; then
	echo "fuzzing needs clang with libFuzzer; $cc was not found (set FUZZ_CC)" >&2
	exit 1
fi
flags="-std=gnu11 -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all"
scratch=tests/fuzz/scratch
mkdir -p "$scratch"

sources=
for file; do
	case $file in
	*.c) sources="$sources $srcdir/$file" ;;
	esac
done

for target in $targets; do
	echo "== fuzz $target, $seconds s"
	# Lists are split on purpose.
	# shellcheck disable=SC2086
	"$cc" $flags -fsanitize=fuzzer,address,undefined -I. -I"$srcdir/common" -I"$srcdir/tests" \
		-o "$scratch/$target" "$srcdir/tests/fuzz/$target.c" $sources
	mkdir -p "$scratch/corpus/$target"
	"$scratch/$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
		-artifact_prefix="$scratch/$target-" \
		"$scratch/corpus/$target" "$srcdir/tests/fuzz/corpus/$target"
done
