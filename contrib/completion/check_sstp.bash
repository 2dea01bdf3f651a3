# Completion of check_sstp for bash, made by contrib/completion/complete.

_check_sstp()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local joined=
	local options="
		-H --hostname -I --address -p --port -4 --ipv4 -6 --ipv6 --source -t --timeout
		--timeout-result --state --level -e --expect --expect-auth --pcap -w --warning
		-c --critical --warning-resolve --critical-resolve --warning-connect
		--critical-connect --warning-tls --critical-tls --warning-http --critical-http
		--warning-sstp --critical-sstp --warning-ppp --critical-ppp --warning-auth
		--critical-auth --warning-tunnel --critical-tunnel --warning-ping
		--critical-ping -l --logname -a --authentication --credentials --backoff
		--state-dir --auth-method --allow-pap --thumbprint --insecure --expect-reject
		--ping --expect-subnet --eap-ca-file --eap-server-name --eap-expiry --eap-cert
		--eap-key --eap-passphrase-file --eap-tls-max --eap-mschapv2-hlak --plain
		--host-header -u --uri -j --method --sni --no-sni --ca-file --ca-path --tls-min
		--tls-max --security-level --legacy-renegotiation -o --output -v --verbose
		-h --help -V --version --extra-opts
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
	    --host-header |\
	    --sni)
		mapfile -t COMPREPLY < <(compgen -A hostname -- "$current")
		;;
	--timeout-result)
		mapfile -t COMPREPLY < <(compgen -W "ok warning critical unknown" -- "$current")
		;;
	--level)
		mapfile -t COMPREPLY < <(compgen -W "tcp tls http sstp ppp auth tunnel ping" -- "$current")
		;;
	--expect-auth)
		mapfile -t COMPREPLY < <(compgen -W "eap mschapv2 mschap chap-md5 pap none" -- "$current")
		;;
	--pcap |\
	    --credentials |\
	    --eap-ca-file |\
	    --eap-cert |\
	    --eap-key |\
	    --eap-passphrase-file |\
	    --ca-file)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--state-dir |\
	    --ca-path)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		;;
	--auth-method)
		mapfile -t COMPREPLY < <(compgen -W "eap-tls peap-tls peap-mschapv2 eap-mschapv2 mschapv2 chap-md5 pap" -- "$current")
		;;
	--eap-tls-max)
		mapfile -t COMPREPLY < <(compgen -W "1.2 1.3" -- "$current")
		;;
	--eap-mschapv2-hlak)
		mapfile -t COMPREPLY < <(compgen -W "msk zero" -- "$current")
		;;
	-j | --method)
		mapfile -t COMPREPLY < <(compgen -W "HEAD GET" -- "$current")
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
	    -e | --expect |\
	    -w | --warning |\
	    -c | --critical |\
	    --warning-resolve |\
	    --critical-resolve |\
	    --warning-connect |\
	    --critical-connect |\
	    --warning-tls |\
	    --critical-tls |\
	    --warning-http |\
	    --critical-http |\
	    --warning-sstp |\
	    --critical-sstp |\
	    --warning-ppp |\
	    --critical-ppp |\
	    --warning-auth |\
	    --critical-auth |\
	    --warning-tunnel |\
	    --critical-tunnel |\
	    --warning-ping |\
	    --critical-ping |\
	    -l | --logname |\
	    -a | --authentication |\
	    --backoff |\
	    --thumbprint |\
	    --ping |\
	    --expect-subnet |\
	    --eap-server-name |\
	    --eap-expiry |\
	    -u | --uri) ;;
	*) [ -n "$joined" ] || mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current") ;;
	esac
}
complete -F _check_sstp check_sstp
