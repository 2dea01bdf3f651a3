# Tests that need a kernel of their own, for PPP or as the place of another init: user-mode-linux boots
# one on this machine's own root file system. To be sourced after lib.sh.

# uml_needs COMMAND..: what the machine inside needs, beside what it is made of.
uml_needs() {
	# Root inside has the rights of who boots it.
	if [ "$(id -u)" -ne 0 ]; then
		skip "$peer" "root there has the rights of who starts it, and must have all"
		finish
	fi
	peer_needs linux.uml timeout "$@"
	results=$scratch/results
	mkdir "$results"
}

# uml_run: boot it. The first process there is the script of this test's name that ends in .init; it
# finds its questions in the folder $results, and leaves there what it sees.
uml_run() {
	sources=$(cd "${srcdir:-.}" && pwd)
	# It says nothing with its exit status, and words cannot have blanks.
	HOME=$scratch timeout -k 5 60 linux.uml mem=256M rootfstype=hostfs rootflags=/ ro \
	    init="$sources/tests/peers/$peer.init" results="$results" build="$(pwd)" \
	    sources="$sources" con=null con0=null,fd:1 con1=null quiet random.trust_cpu=on \
	    </dev/null >"$scratch/console" 2>&1
	grep -q ' end$' "$results/journal" 2>/dev/null ||
	    peer_missing "nothing came of it: $(cat "$scratch/console" "$results/output" 2>&1)"
}
