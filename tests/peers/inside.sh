# What the first processes of user-mode-linux share. To be sourced by an .init script. Nothing is
# judged here: what is said goes to the host's folder $results, which is the working folder. $build is
# the build folder. The root file system is the host's, and cannot be written to.
# shellcheck disable=SC2154 # results, build and sources are arguments of the kernel

# The device nodes come with devtmpfs, which may be there already.
set_system_up() {
	PATH=/usr/sbin:/usr/bin:/sbin:/bin
	export PATH
	mount -t tmpfs none /run
	mkdir /run/results /run/lock /run/ppp
	mount -t hostfs -o "$results" none /run/results
	cd /run/results || return
	exec >output 2>&1
	mount -t proc none /proc
	[ -e /dev/ptmx ] || mount -t devtmpfs none /dev
	mkdir -p /dev/pts
	mount -t devpts -o ptmxmode=666 none /dev/pts
	ip link set lo up || ifconfig lo up
}

load_modules() {
	modules=/usr/lib/uml/modules/$(uname -r)/kernel
	for module in lib/crc-ccitt drivers/net/slip/slhc drivers/net/ppp/ppp_generic \
	    drivers/net/ppp/ppp_async; do
		insmod "$modules/$module.ko" || return
	done
}

# write_secrets LINE: the accounts of pppd. What it has no secret for, it does not ask for.
write_secrets() {
	: >/run/ppp/options
	echo "$1" >/run/ppp/chap-secrets
	cp /run/ppp/chap-secrets /run/ppp/pap-secrets
	chmod 600 /run/ppp/*-secrets
	mount --bind /run/ppp /etc/ppp
}

# start_simulator MEMBER..: sets $port; the root certificate is /run/ca.pem.
start_simulator() {
	mkfifo /run/ready
	"$build/tests/rras/rras-sim" --no-stdin --ca-out /run/ca.pem --log journal "$@" >/run/ready &
	read -r _ port </run/ready
}

# await_ends N: until rras-sim has seen so many clients go.
await_ends() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ "$(grep -c ' end$' journal)" -lt "$1" ] || return
		sleep 0.2
	done
}

power_off() {
	sync
	echo 1 >/proc/sys/kernel/sysrq
	echo o >/proc/sysrq-trigger
	sleep 60
}
