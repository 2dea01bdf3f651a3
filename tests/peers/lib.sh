# What the tests against real software share. To be sourced; the peer's name comes from the script's.
. "${srcdir:-.}/tests/lib.sh"
. "${srcdir:-.}/tests/rras/sim.sh"

peer=$(basename "$0" .test)
PATH=$PATH:/usr/sbin:/sbin

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
	# A refused logon must not hold up the next.
	line=$(MP_STATE_PATH=$scratch/state-$checks plugins/check_sstp -H vpn.example.com "$@" 2>&1)
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

# peer_alone: go on in a network of its own, where every port is free and nothing but loopback can
# be reached, with mounts of its own, and so that no process outlives the script. To be called
# before anything is started.
peer_alone() {
	if [ -n "${PEER_ALONE:-}" ]; then
		ip link set lo up || ifconfig lo up || exit 99
		# The one that shows these processes; not every user may, and few programs care.
		mount -t proc none /proc 2>/dev/null
		return
	fi
	for unshare in "unshare -fnmp" "unshare -fnmp --map-current-user --keep-caps"; do
		# Words.
		# shellcheck disable=SC2086
		if why=$($unshare true 2>&1); then
			leave
			trap - EXIT
			PEER_ALONE=yes exec $unshare sh "$0"
		fi
	done
	why="no network namespace: $why"
	[ "$(id -u)" -ne 0 ] || peer_missing "$why"
	skip "$peer" "$why"
	finish
}

# background COMMAND..: start a server that stays in the foreground; it ends with the script, and in
# any case after $peer_seconds; one that hangs when it is told to end, as Icinga 2 does now and then, is
# killed. $server is its process, $served the file with what it prints.
servers=0
peer_seconds=60
background() {
	servers=$((servers + 1))
	served=$scratch/server$servers
	[ -p "$served" ] || : >"$served"
	# The simulator's descriptors are not for it: else the simulator would not see us end.
	timeout -k 10 "$peer_seconds" "$@" </dev/null >"$served" 2>&1 8>&- 9<&- &
	server=$!
	at_exit "{ kill $server && wait $server; } 2>/dev/null"
}

# serve READY COMMAND..: the same, and wait until it prints a line that matches the shell pattern
# READY.
serve() {
	ready=$1
	shift
	mkfifo "$scratch/server$((servers + 1))"
	background "$@"
	exec 7<"$served"
	while IFS= read -r line <&7; do
		printf '%s\n' "$line" >>"$served.log"
		# The pattern is meant as one.
		# shellcheck disable=SC2254
		case $line in
		$ready)
			cat <&7 >>"$served.log" 8>&- 9<&- &
			exec 7<&-
			return
			;;
		esac
	done
	exec 7<&-
	peer_missing "$1 does not start: $(cat "$served.log")"
}

# peer_user: the user that monitoring systems give up the rights of root for. It may not be able to
# enter the build, so it gets the plugins and contrib in $for_user.
peer_user() {
	for_user=$scratch/for-user
	mkdir "$for_user"
	chmod 755 "$scratch" "$for_user"
	cp plugins/check_sstp plugins/check_sstp_cert plugins/check_sstp_pool "$for_user"
	cp -R "${srcdir:-.}/contrib" "$for_user"
	chmod -R a+rX "$for_user"
	for user in nagios icinga nobody; do
		! id "$user" >/dev/null 2>&1 || return 0
	done
	user=$(id -un)
}

# given FOLDER: it is the user's now, where that is another one.
given() {
	[ "$(id -u)" -ne 0 ] || chown -R "$user" "$1"
}

# certificate FILE: a new key and self-signed certificate for vpn.example.com, in one PEM file.
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
	    -subj /CN=vpn.example.com -addext subjectAltName=DNS:vpn.example.com \
	    -keyout "$1.key" -out "$1.crt" 2>"$scratch/openssl" &&
	    cat "$1.crt" "$1.key" >"$1"
}
