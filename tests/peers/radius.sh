# FreeRADIUS, with no part that the tests do not need. To be sourced.

radius_program() {
	command -v freeradius || command -v radiusd
}

# radius_configure FOLDER: let it listen on 127.0.0.1, at its usual port. The accounts are in
# FOLDER/users.
radius_configure() {
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
		mschapv2 {
		}
	}
	mschap {
		with_ntdomain_hack = yes
		require_encryption = yes
		require_strong = yes
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
