# Completion of check_sstp_pool for bash, made by contrib/completion/complete.

_check_sstp_pool()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local joined=
	local options="
		-H --hostname -I --address -p --port -4 --ipv4 -6 --ipv6 --source -t --timeout
		--timeout-result --state -B --backend --backends-file --expect-down --vip
		--level --concurrency -w --warning -c --critical --min-ok --same-cert
		--thumbprint --persistence --perfdata-members --plain --host-header -u --uri
		-j --method --sni --no-sni --ca-file --ca-path --tls-min --tls-max
		--security-level --legacy-renegotiation -o --output -v --verbose -h --help
		-V --version --extra-opts
	"

	COMPREPLY=()
	# --name=word is three words.
	if [ "$current" = = ]; then
		current=
		joined=yes
	elif [ "$previous" = = ]; then
		previous=${COMP_WORDS[COMP_CWORD - 2]}
		joined=yes
	fi
	case $previous in
	-H | --hostname |\
	    -I | --address |\
	    -B | --backend |\
	    --vip |\
	    --host-header |\
	    --sni)
		mapfile -t COMPREPLY < <(compgen -A hostname -- "$current")
		;;
	--timeout-result)
		mapfile -t COMPREPLY < <(compgen -W "ok warning critical unknown" -- "$current")
		;;
	--backends-file |\
	    --ca-file)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--level)
		mapfile -t COMPREPLY < <(compgen -W "tcp tls http sstp ppp" -- "$current")
		;;
	-j | --method)
		mapfile -t COMPREPLY < <(compgen -W "HEAD GET" -- "$current")
		;;
	--ca-path)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		;;
	--tls-min |\
	    --tls-max)
		mapfile -t COMPREPLY < <(compgen -W "1.0 1.1 1.2 1.3" -- "$current")
		;;
	--security-level)
		mapfile -t COMPREPLY < <(compgen -W "0 1 2 3 4 5" -- "$current")
		;;
	-o | --output)
		mapfile -t COMPREPLY < <(compgen -W "text json prometheus zabbix-lld lb" -- "$current")
		;;
	-p | --port |\
	    --source |\
	    -t | --timeout |\
	    --state |\
	    --expect-down |\
	    --concurrency |\
	    -w | --warning |\
	    -c | --critical |\
	    --min-ok |\
	    --thumbprint |\
	    --persistence |\
	    --perfdata-members |\
	    -u | --uri) ;;
	*) [ -n "$joined" ] || mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current") ;;
	esac
}
complete -F _check_sstp_pool check_sstp_pool
