# FreeRADIUS, with no part that the tests do not need. To be sourced.

radius_program() {
	command -v freeradius || command -v radiusd
}

# radius_certificates FOLDER: an authority, ca.crt, and of it server.crt and client.crt, with their
# keys.
radius_certificates() {
	printf 'basicConstraints=critical,CA:TRUE\n' >"$1/ca.ext"
	printf 'extendedKeyUsage=serverAuth\n' >"$1/server.ext"
	printf 'extendedKeyUsage=clientAuth\n' >"$1/client.ext"
	signer="-signkey $1/ca.key"
	for name in ca server client; do
		# One word each.
		# shellcheck disable=SC2086
		openssl req -new -newkey rsa:2048 -nodes -subj "/CN=$name.example.com" \
		    -keyout "$1/$name.key" -out "$1/$name.csr" &&
		    openssl x509 -req -in "$1/$name.csr" -days 30 -extfile "$1/$name.ext" $signer \
		    -out "$1/$name.crt" || return
		signer="-CA $1/ca.crt -CAkey $1/ca.key -CAcreateserial"
	done 2>"$1/openssl"
}

# radius_revoke FOLDER [CERTIFICATE]: an authority's list, ca.crl, with that certificate on it.
radius_revoke() {
	cat >"$1/ca.conf" <<-END
		[ca]
		default_ca = here
		[here]
		database = $1/index
		new_certs_dir = $1
		serial = $1/serial
		certificate = $1/ca.crt
		private_key = $1/ca.key
		default_md = sha256
		default_crl_days = 30
		policy = any
		unique_subject = no
		[any]
		commonName = supplied
	END
	[ -e "$1/index" ] || : >"$1/index"
	[ -e "$1/serial" ] || echo 1000 >"$1/serial"
	{
		[ -z "${2:-}" ] || openssl ca -config "$1/ca.conf" -revoke "$2"
		openssl ca -config "$1/ca.conf" -gencrl -out "$1/ca.crl"
	} >"$1/openssl" 2>&1
}

# radius_configure FOLDER: let it listen on 127.0.0.1, at its usual port. The accounts are in
# FOLDER/users. Clients' certificates are looked up in FOLDER/ca.crl.
radius_configure() {
	cat "$1/ca.crt" "$1/ca.crl" >"$1/trusted.pem"
	cat >"$1/radiusd.conf" <<END
name = radius
logdir = $1
run_dir = $1
log {
	destination = stdout
}
security {
	reject_delay = 0
}
client simulator {
	ipaddr = 127.0.0.1
	secret = testing123
	require_message_authenticator = yes
}
modules {
	files {
		usersfile = $1/users
	}
	pap {
	}
	chap {
	}
	eap {
		default_eap_type = mschapv2
		tls-config common {
			ca_file = $1/trusted.pem
			check_crl = yes
			certificate_file = $1/server.crt
			private_key_file = $1/server.key
			tls_min_version = "1.2"
			tls_max_version = "1.3"
			fragment_size = 500
		}
		mschapv2 {
		}
		tls {
			tls = common
		}
		peap {
			tls = common
			default_eap_type = mschapv2
			virtual_server = inside
		}
	}
	mschap {
		with_ntdomain_hack = yes
		require_encryption = yes
		require_strong = yes
	}
}
server inside {
	authorize {
		files
		mschap
		eap {
			ok = return
		}
	}
	authenticate {
		eap
		Auth-Type MS-CHAP {
			mschap
		}
	}
}
server default {
	listen {
		type = auth
		ipaddr = 127.0.0.1
		port = 1812
	}
	authorize {
		files
		eap {
			ok = return
		}
		chap
		mschap
		pap
	}
	authenticate {
		eap
		Auth-Type PAP {
			pap
		}
		Auth-Type CHAP {
			chap
		}
		Auth-Type MS-CHAP {
			mschap
		}
	}
}
END
}
