# Completion of check_sstp_cert for bash, made by contrib/completion/complete.

_check_sstp_cert()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local joined=
	local options="
		-H --hostname -I --address -p --port -4 --ipv4 -6 --ipv6 --source -t --timeout
		--timeout-result --state --first-address --same-cert --compare-sni --cert-file
		--passphrase-file -w --warning -c --critical --scope --thumbprint
		--thumbprint-file --expect-issuer --name --key-min --revocation --max-crl
		--max-lifetime --binding --binding-age --sni --no-sni --ca-file --ca-path
		--tls-min --tls-max --security-level --legacy-renegotiation -o --output
		-v --verbose -h --help -V --version --extra-opts
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
	    --name |\
	    --sni)
		mapfile -t COMPREPLY < <(compgen -A hostname -- "$current")
		;;
	--timeout-result)
		mapfile -t COMPREPLY < <(compgen -W "ok warning critical unknown" -- "$current")
		;;
	--cert-file |\
	    --passphrase-file |\
	    --thumbprint-file |\
	    --binding |\
	    --ca-file)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--scope)
		mapfile -t COMPREPLY < <(compgen -W "leaf sent verified" -- "$current")
		;;
	--revocation)
		mapfile -t COMPREPLY < <(compgen -W "off crl ocsp any" -- "$current")
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
	    -w | --warning |\
	    -c | --critical |\
	    --thumbprint |\
	    --expect-issuer |\
	    --key-min |\
	    --max-crl |\
	    --max-lifetime |\
	    --binding-age) ;;
	*) [ -n "$joined" ] || mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current") ;;
	esac
}
complete -F _check_sstp_cert check_sstp_cert
