# What test scripts share: checks that are numbered and told in one line each, as the Test Anything
# Protocol has it. To be sourced; the last thing a script does is to call finish.
set -u

checks=0
failures=0
skips=0
scratch=$(mktemp -d) || exit 99

# at_exit COMMAND: to be run when the script ends, whatever the reason; the last one given first.
endings=
at_exit() {
	endings="$1
$endings"
}

leave() {
	eval "$endings"
	rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

ok() {
	checks=$((checks + 1))
	printf 'ok %d - %s\n' "$checks" "$1"
}

# not_ok WHAT [DETAILS]: details may be many lines.
not_ok() {
	checks=$((checks + 1))
	failures=$((failures + 1))
	printf 'not ok %d - %s\n' "$checks" "$1"
	[ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/#   /'
}

skip() {
	checks=$((checks + 1))
	skips=$((skips + 1))
	printf 'ok %d - %s # SKIP %s\n' "$checks" "$1" "$2"
}

# same WHAT EXPECTED ACTUAL
same() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected: $2
but got:  $3"
	fi
}

# holds WHAT TEXT PATTERN: the text matches the shell pattern.
holds() {
	# The pattern is meant as one.
	# shellcheck disable=SC2254
	case $2 in
	$3) ok "$1" ;;
	*) not_ok "$1" "expected: $3
but got:  $2" ;;
	esac
}

# An exit status that automake understands: 77 when there were skips and nothing else.
finish() {
	printf '1..%d\n' "$checks"
	[ "$checks" -gt 0 ] && [ "$failures" -eq 0 ] || exit 1
	[ "$skips" -lt "$checks" ] || exit 77
	exit 0
}
