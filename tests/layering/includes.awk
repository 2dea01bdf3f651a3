# includes.awk - the arrows between the rooms, and who may write to stdout.
#
# Run in the root of a source tree with the C files to read as arguments. Prints one line for each
# breach, "FILE:LINE: what is wrong", and exits 1 when there was one.

BEGIN {
	# May include: itself, and these.
	may["common/base"] = ""
	may["common/cert"] = "base facts"
	may["common/cli"] = "base"
	may["common/facts"] = "base"
	may["common/keys"] = "base"
	may["common/net"] = "base"
	may["common/probe"] = "base cert facts keys net windump wire"
	may["common/report"] = "base facts verdict"
	may["common/verdict"] = "base facts"
	may["common/windump"] = "base facts"
	may["common/wire"] = "base"
	may["plugins"] = "base cli facts probe report verdict"
	# The impersonator must not mirror the mistakes of what it tests.
	may["tests/rras"] = "base net"

	openssl = "^common/(cert|keys|net)/|^common/probe/tlspeer\\."
	printers = "^common/report/|^plugins/mk"
	printing = "(^|[^A-Za-z0-9_])((v?printf|puts|fputs|putchar|putchar_unlocked)[ \t]*\\(|" \
	    "stdout([^A-Za-z0-9_]|$)|(write|v?dprintf)[ \t]*\\([ \t]*(1|STDOUT_FILENO)[ \t]*,)"
}

function room_of(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

function breach(what) {
	print FILENAME ":" FNR ": " what
	breaches++
}

function exists(path,    line, found) {
	found = (getline line < path) >= 0
	close(path)
	return found
}

# One of our own headers: "ROOM/NAME.h" under common/, or one beside the file elsewhere.
function own_header(header,    room) {
	if (from !~ /^common/ && header !~ /\// && exists(from "/" header))
		return
	if (header !~ /^[a-z]+\/[a-z_0-9]+\.h$/) {
		breach("\"" header "\" is not named as ROOM/NAME.h")
		return
	}
	room = room_of(header)
	if (from == "common/" room || index(" " may[from] " ", " " room " "))
		return
	breach(from " may not include " header)
}

function include(line,    header) {
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
	header = substr(line, 2)
	sub(/[">].*$/, "", header)
	if (line ~ /^"/) {
		if (header != "config.h")
			own_header(header)
	} else if (line !~ /^</)
		breach("an include that cannot be read")
	else if (header ~ /^openssl\//) {
		if (from ~ /^(common|plugins)/ && FILENAME !~ openssl)
			breach("OpenSSL is for net, cert, keys and probe/tlspeer alone")
	} else if (exists("common/" header))
		own_header(header)
}

# LINE without comments, and with strings and character constants emptied. IN_COMMENT lasts from
# line to line.
function code_of(line,    code, c, quote) {
	code = ""
	while (line != "") {
		if (in_comment) {
			if (!match(line, /\*\//))
				return code
			line = substr(line, RSTART + 2)
			in_comment = 0
			continue
		}
		c = substr(line, 1, 1)
		if (substr(line, 1, 2) == "//")
			return code
		if (substr(line, 1, 2) == "/*") {
			in_comment = 1
			line = substr(line, 3)
		} else if (c == "\"" || c == "'") {
			quote = c
			line = substr(line, 2)
			while (line != "" && substr(line, 1, 1) != quote)
				line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
			line = substr(line, 2)
			code = code quote quote
		} else {
			code = code c
			line = substr(line, 2)
		}
	}
	return code
}

FNR == 1 {
	in_comment = 0
	from = room_of(FILENAME)
	judged = from in may
	if (!judged)
		breach("the folder " from " has no place among the rooms")
}

!judged { next }

{
	code = code_of($0)
	if (code ~ /^[ \t]*#[ \t]*include/)
		include($0)
	if (from !~ /^tests/ && FILENAME !~ printers && code ~ printing)
		breach("only report writes to stdout")
}

END { exit breaches > 0 }
