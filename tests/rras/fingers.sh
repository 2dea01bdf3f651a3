# shellcheck shell=sh
# A client made of fingers: bytes typed through openssl s_client. To be sourced after sim.sh; the
# simulator is to be started with --log "$log".
command -v openssl >/dev/null || { echo 'no openssl to ask with'; exit 77; }

log=$scratch/log
uri='/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/'
endless=18446744073709551615
cr=$(printf '\r')

# A server may be gone before all is said.
trap '' PIPE

# dial ADDRESS [OPTION]..: a TLS connection; 7 leads there, and 6 comes from there.
dial() {
	address=$1
	shift
	mkfifo "$scratch/to" "$scratch/from"
	timeout 20 openssl s_client -quiet -no_ign_eof -connect "$address:$sim_port" \
	    -servername vpn.example.com "$@" \
	    <"$scratch/to" >"$scratch/from" 2>/dev/null 8>&- 9<&- &
	client=$!
	exec 7>"$scratch/to" 6<"$scratch/from"
	rm "$scratch/to" "$scratch/from"
}

# ask_for_tunnel [LENGTH]
ask_for_tunnel() {
	printf '%s %s HTTP/1.1\r\nHost: vpn.example.com\r\nContent-Length: %s\r\n%s\r\n\r\n' \
	    SSTP_DUPLEX_POST "$uri" "${1:-$endless}" 'SSTPCORRELATIONID: {0123-45}' >&7
}

# post [LENGTH]: the same, and sets $head to the head of the answer.
post() {
	ask_for_tunnel "$@"
	head=
	while IFS= read -r line <&6 && [ "$line" != "$cr" ]; do
		head="$head$line
"
	done
	head=$(printf '%s' "$head" | tr -d '\r')
}

# say HEX..: these bytes, at once.
say() {
	# Escapes are what the format is made of.
	# shellcheck disable=SC2059
	printf "$(printf '%s' "$*" | tr -d ' ' | sed 's/../& /g' | tr ' ' '\n' | awk '
	    function digit(c) { return index("0123456789abcdef", c) - 1 }
	    { printf "\\%03o", digit(substr($0, 1, 1)) * 16 + digit(substr($0, 2, 1)) }')" >&7 2>/dev/null
}

# octets N: so many bytes in hex, or as many as come before the end.
octets() {
	dd bs=1 count="$1" <&6 2>/dev/null | od -An -v -tx1 | tr -d ' \n'
}

# hear: the next packet in hex; "end" when the server has closed.
hear() {
	packet=$(octets 4)
	case $packet in
	????????) ;;
	*) echo "${packet}end" && return ;;
	esac
	length=$((0x${packet#????} & 0xfff))
	echo "$packet$(octets $((length - 4)))"
}

# heard N: the next N packets, in one line.
heard() {
	left=$1
	packets=
	while [ "$left" -gt 0 ]; do
		left=$((left - 1))
		packets="$packets$(hear) "
	done
	echo "$packets"
}

# hang_up: close the connection when all that was said is sent.
hang_up() {
	exec 7>&-
	cat <&6 >/dev/null
	exec 6<&-
	wait "$client"
}

# call ADDRESS [OPTION]..: up to the Call Connect Request.
request=1001000e00010001000100060001
call() {
	dial "$@"
	post
	say $request
}

# packet PROTOCOL CODE IDENTIFIER [DATA]: a packet of that protocol of PPP, in hex.
packet() {
	data=${4:-}
	length=$((4 + ${#data} / 2))
	printf '1000%04xff03%s%02x%02x%04x%s' $((length + 8)) "$1" "$2" "$3" $length "$data"
}

# ppp PROTOCOL CODE IDENTIFIER [DATA]: say it.
ppp() {
	say "$(packet "$@")"
}

# lcp CODE IDENTIFIER [DATA]
lcp() {
	ppp c021 "$@"
}

# text CHARS: in hex.
text() {
	printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'
}

# What a client may ask for in LCP.
wish=010405dc050601020304

# open_lcp ADDRESS: up to the first word of authentication.
open_lcp() {
	call "$1"
	hear >/dev/null
	options=$(hear)
	lcp 2 0 "${options#????????????????????????}"
	lcp 1 7 $wish
	hear >/dev/null
}

# --- many of them ---

# members NET TABLE: a member 127.0.NET.N for each row, whose first column are its knobs.
members() {
	printf '%s' "$2" | awk -F '|' -v net="$1" 'NF { print "127.0." net "." ++n "," $1 }'
}

# breaches NET TABLE WAY: each row said by a client of its own, which has come by that WAY.
breaches() {
	number=0
	printf '%s' "$2" >"$scratch/table"
	while IFS='|' read -r bytes _; do
		[ -n "$bytes" ] || continue
		number=$((number + 1))
		"$3" "127.0.$1.$number"
		say "$bytes"
		hang_up
	done <"$scratch/table"
}

# --- what the journal has of it ---

# told ADDRESS: what the journal has of the connections there, without what all have.
told() {
	grep "^$1 #" "$log" | cut -d ' ' -f 3- | grep -v -e '^tcp ' -e '^tls ' -e '^http ' -e '^end'
}

# journal ADDRESS WHAT PATTERN
journal() {
	holds "$2" "$(told "$1")" "*$3"
}

# breaches_told NET TABLE
breaches_told() {
	number=0
	printf '%s' "$2" >"$scratch/table"
	while IFS='|' read -r _ breach; do
		[ -n "$breach" ] || continue
		number=$((number + 1))
		journal "127.0.$1.$number" "breach: $breach" "?breach: $breach?left when cut off"
	done <"$scratch/table"
}
