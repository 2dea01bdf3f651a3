# Completion of check_sstp_pool for bash.

_check_sstp_pool()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local states='ok warning critical unknown'
	local options='
		-H --hostname -B --backend --backends-file --expect-down --vip -I --address
		-p --port -4 --ipv4 -6 --ipv6 --source --level --concurrency
		--plain --host-header -u --uri -j --method --sni --no-sni
		--ca-file --ca-path --tls-min --tls-max --security-level --legacy-renegotiation
		-w --warning -c --critical --min-ok --same-cert --thumbprint --persistence
		--perfdata-members --state -t --timeout --timeout-result -o --output -v --verbose -V --version
		-h --help --extra-opts
	'

	COMPREPLY=()
	case $previous in
	-H | --hostname | -B | --backend | --vip | -I | --address | --sni | --host-header)
		mapfile -t COMPREPLY < <(compgen -A hostname -- "$current")
		;;
	--level) mapfile -t COMPREPLY < <(compgen -W 'tcp tls http sstp ppp' -- "$current") ;;
	-j | --method) mapfile -t COMPREPLY < <(compgen -W 'HEAD GET' -- "$current") ;;
	-o | --output) mapfile -t COMPREPLY < <(compgen -W 'text json prometheus zabbix-lld lb' -- "$current") ;;
	--tls-min | --tls-max)
		mapfile -t COMPREPLY < <(compgen -W '1.0 1.1 1.2 1.3' -- "$current")
		;;
	--security-level) mapfile -t COMPREPLY < <(compgen -W '0 1 2 3 4 5' -- "$current") ;;
	--timeout-result) mapfile -t COMPREPLY < <(compgen -W "$states" -- "$current") ;;
	--ca-file | --backends-file)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--ca-path)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		;;
	-p | --port | --source | -u | --uri | -t | --timeout | --state | --expect-down) ;;
	-w | -c | --warning | --critical | --min-ok | --thumbprint) ;;
	--concurrency | --persistence | --perfdata-members) ;;
	*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current") ;;
	esac
}
complete -F _check_sstp_pool check_sstp_pool
