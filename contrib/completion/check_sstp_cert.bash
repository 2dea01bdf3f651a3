# Completion of check_sstp_cert for bash.

_check_sstp_cert()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local states='ok warning critical unknown'
	local options='
		-H --hostname -I --address -p --port -4 --ipv4 -6 --ipv6 --source
		--first-address --same-cert --compare-sni --cert-file --passphrase-file
		-w --warning -c --critical --scope --thumbprint --thumbprint-file
		--binding --binding-age --expect-issuer --name --key-min --max-lifetime
		--revocation --max-crl --state
		--sni --no-sni --ca-file --ca-path --tls-min --tls-max --security-level
		--legacy-renegotiation
		-t --timeout --timeout-result -o --output -v --verbose -V --version -h --help
		--extra-opts
	'

	COMPREPLY=()
	case $previous in
	-H | --hostname | -I | --address | --sni | --name)
		mapfile -t COMPREPLY < <(compgen -A hostname -- "$current")
		;;
	--scope) mapfile -t COMPREPLY < <(compgen -W 'leaf sent verified' -- "$current") ;;
	--revocation) mapfile -t COMPREPLY < <(compgen -W 'off crl ocsp any' -- "$current") ;;
	-o | --output) mapfile -t COMPREPLY < <(compgen -W 'text json prometheus lb' -- "$current") ;;
	--tls-min | --tls-max)
		mapfile -t COMPREPLY < <(compgen -W '1.0 1.1 1.2 1.3' -- "$current")
		;;
	--security-level) mapfile -t COMPREPLY < <(compgen -W '0 1 2 3 4 5' -- "$current") ;;
	--timeout-result) mapfile -t COMPREPLY < <(compgen -W "$states" -- "$current") ;;
	--ca-file | --binding | --cert-file | --passphrase-file | --thumbprint-file)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--ca-path)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		;;
	-p | --port | --source | -t | --timeout | --state | -w | --warning | -c | --critical) ;;
	--thumbprint | --binding-age | --expect-issuer | --key-min | --max-lifetime | --max-crl) ;;
	*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current") ;;
	esac
}
complete -F _check_sstp_cert check_sstp_cert
