# What the tests against real software share. To be sourced; the peer's name comes from the script's.
. "${srcdir:-.}/tests/lib.sh"
. "${srcdir:-.}/tests/rras/sim.sh"

peer=$(basename "$0" .test)

# peer_missing REASON: this peer cannot be had here. That is a failure, unless ALLOWED lists it.
peer_missing() {
	if grep -q "^$peer " "${srcdir:-.}/tests/peers/ALLOWED"; then
		skip "$peer" "$1"
	else
		not_ok "$peer can be tested here" "$1"
	fi
	finish
}

# peer_needs COMMAND..
peer_needs() {
	for command in "$@"; do
		command -v "$command" >/dev/null || peer_missing "$command is not installed"
	done
}

# answers WHAT EXIT-STATUS CAUSE [OPTION..]: what check_sstp says of vpn.example.com. The cause is
# what stands in brackets; "none" when nothing may stand there.
answers() {
	what=$1
	expected="exit status $2, cause $3"
	shift 3
	line=$(plugins/check_sstp -H vpn.example.com "$@" 2>&1)
	status=$?
	cause=$(printf '%s\n' "$line" | sed -n '1{s/ |.*//;s/.*\[\([a-z.-]*\)\]$/\1/p;}')
	if [ "exit status $status, cause ${cause:-none}" = "$expected" ]; then
		ok "$what: ${cause:-none}"
	else
		not_ok "$what" "expected: $expected
but got:  exit status $status, cause ${cause:-none}
$line"
	fi
}

# A port that is probably free. Who binds it finds out, and takes the next when it is not.
port_candidate() {
	candidate=$((${candidate:-$$ % 10000 + 20000} + 1))
}

# certificate FILE: a new key and self-signed certificate for vpn.example.com, in one PEM file.
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
	    -subj /CN=vpn.example.com -addext subjectAltName=DNS:vpn.example.com \
	    -keyout "$1.key" -out "$1.crt" 2>"$scratch/openssl" &&
	    cat "$1.crt" "$1.key" >"$1"
}
