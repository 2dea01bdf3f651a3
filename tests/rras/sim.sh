# Starting rras-sim from a script. To be sourced after tests/lib.sh.

# sim_start [MEMBER..]: play these servers. Sets sim_port and sim_ca; the simulator ends with
# sim_stop, or with the script, however that ends: its standard input is closed then.
sim_start() {
	sim_ca=$scratch/ca.pem
	mkfifo "$scratch/sim-in" "$scratch/sim-out"
	"${RRAS_SIM:-tests/rras/rras-sim}" --ca-out "$sim_ca" "$@" \
	    <"$scratch/sim-in" >"$scratch/sim-out" 2>"$scratch/sim-err" &
	sim_pid=$!
	exec 8>"$scratch/sim-in" 9<"$scratch/sim-out"
	rm "$scratch/sim-in" "$scratch/sim-out"
	if ! read -r word sim_port <&9 || [ "$word" != port ]; then
		printf 'rras-sim did not start: %s\n' "$(cat "$scratch/sim-err")" >&2
		sim_stop
		return 1
	fi
}

sim_stop() {
	exec 8>&- 9<&-
	wait "$sim_pid"
}
