/*
 * rras-sim - plays the SSTP side of a Windows RRAS server, in health and with every fault.
 *
 * Where to read: serve.c holds a connection from top to bottom; tls.c, http.c, sstp.c and ppp.c
 * with lcp.c, logon.c and network.c what is said on it; line.c the bytes and how they end, knobs.c
 * the table of knobs, certs.c the certificates, listen.c the sockets. breach.c keeps account of
 * what a client does wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/number.h"
#include "certs.h"
#include "journal.h"
#include "knobs.h"
#include "listen.h"
#include "member.h"
#include "serve.h"
#include "tls.h"

enum { EXIT_USAGE = 2 };

#define LAST_WORDS 1.0 /* seconds in which clients that leave shall still come into the journal */

struct options {
	uint16_t port;
	const char *ca_out;
	const char *untrusted_ca_out;
	bool rsa_ca;
	bool no_stdin;
};

static void
help(void)
{
	printf(
	    "rras-sim plays Windows RRAS servers that offer SSTP, healthy and sick.\n"
	    "\n"
	    "rras-sim [OPTION].. [MEMBER]..\n"
	    "\n"
	    "  --port N                  listen there; default: any free port\n"
	    "  --ca-out FILE             write the root certificate\n"
	    "  --untrusted-ca-out FILE   write the root of cert=untrusted\n"
	    "  --rsa-ca                  the authorities have RSA keys; default: P-256\n"
	    "  --log FILE                append a line per event\n"
	    "  --no-stdin                do not end when stdin ends\n"
	    "  --help                    this text\n"
	    "\n"
	    "When ready it prints \"port N\". It ends when stdin does, within a second if clients are\n"
	    "still there, and at once on SIGTERM and SIGINT.\n"
	    "\n"
	    "MEMBER is ADDRESS[,knob=value].. for one address of 127/8 or IPv6, or knob=value,..\n"
	    "for all that do not say otherwise. Without any, all of 127/8 is a healthy server:\n"
	    "\n"
	    "  rras-sim --no-stdin --port 4443 127.0.0.2,tls=reset 127.0.0.3,cert=expired,delay=0.1\n"
	    "\n"
	    "In a TEXT any byte can be %%XX; ',' and '%%' must be. The default of a knob is in (..),\n"
	    "else the first value.\n");
	knobs_help();
}

static bool
read_options(struct options *options, int argc, char **argv)
{
	enum { PORT, CA_OUT, UNTRUSTED_CA_OUT, RSA_CA, LOG, NO_STDIN, HELP };
	static const struct option table[] = {{"port", required_argument, NULL, PORT},
	    {"ca-out", required_argument, NULL, CA_OUT},
	    {"untrusted-ca-out", required_argument, NULL, UNTRUSTED_CA_OUT},
	    {"rsa-ca", no_argument, NULL, RSA_CA}, {"log", required_argument, NULL, LOG},
	    {"no-stdin", no_argument, NULL, NO_STDIN}, {"help", no_argument, NULL, HELP},
	    {NULL, 0, NULL, 0}};
	long port;
	for (int option; (option = getopt_long(argc, argv, "", table, NULL)) != -1;) {
		switch (option) {
		case PORT:
			if (!number_whole(optarg, 0, 65535, &port)) {
				fprintf(stderr, "rras-sim: '%s' is no port\n", optarg);
				return false;
			}
			options->port = (uint16_t)port;
			break;
		case CA_OUT:
			options->ca_out = optarg;
			break;
		case UNTRUSTED_CA_OUT:
			options->untrusted_ca_out = optarg;
			break;
		case RSA_CA:
			options->rsa_ca = true;
			break;
		case LOG:
			if (!journal_open(optarg)) {
				fprintf(stderr, "rras-sim: %s: %s\n", optarg, strerror(errno));
				return false;
			}
			break;
		case NO_STDIN:
			options->no_stdin = true;
			break;
		case HELP:
			help();
			exit(0);
		default:
			return false;
		}
	}
	return true;
}

static bool
prepare_member(struct member *member, struct certs *certs)
{
	if (member->plain)
		return true;
	const struct certs_identity *identity = certs_for(certs, member);
	member->context = tls_context(member, identity);
	if (member->sessions == SESSIONS_ALTERNATE) {
		member->other = tls_context(member, identity);
		if (member->other == NULL)
			return false;
	}
	member->stranger = identity->stranger;
	if (member->stranger != NULL)
		X509_up_ref(member->stranger);
	return member->context != NULL;
}

static bool
prepare_members(struct members *members, const struct options *options)
{
	struct certs *certs = certs_create(options->rsa_ca);
	if (options->ca_out != NULL)
		certs_write_root(certs, options->ca_out);
	if (options->untrusted_ca_out != NULL)
		certs_write_untrusted_root(certs, options->untrusted_ca_out);
	bool prepared = prepare_member(&members->others, certs);
	for (size_t i = 0; i < members->count && prepared; i++)
		prepared = prepare_member(&members->named[i], certs);
	certs_free(certs);
	return prepared;
}

static void
on_signal(int signal)
{
	(void)signal;
	_exit(0);
}

/* A closed standard descriptor would be given to the first socket. */
static void
fill_standard_descriptors(void)
{
	int descriptor;
	do
		descriptor = open("/dev/null", O_RDWR);
	while (descriptor >= 0 && descriptor <= STDERR_FILENO);
	close(descriptor);
}

static void
set_process_up(void)
{
	struct rlimit files;
	fill_standard_descriptors();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

static int
run(int argc, char **argv)
{
	struct options options = {0};
	static struct members members; /* threads may need them longer than this function */
	static struct listen listen;
	if (!read_options(&options, argc, argv) ||
	    !members_read(&members, argv + optind, (size_t)(argc - optind)))
		return EXIT_USAGE;
	if (!prepare_members(&members, &options) || !listen_begin(&listen, &members, options.port))
		return EXIT_FAILURE;
	printf("port %d\n", listen.port);
	fflush(stdout);
	listen_run(&listen, &members, !options.no_stdin);
	if (!serve_wait(LAST_WORDS))
		_exit(EXIT_SUCCESS); /* for threads that still use what exit() takes down */
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	set_process_up();
	return run(argc, argv);
}
