#include "config.h"

#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "unit/unit.h"

/* What the rows below store. */
struct config {
	char host[64];
	char addresses[64]; /* a list, joined by commas */
	long port;
	bool plain;
	int verbosity;
	char warning[16];
	int detail;
	char secret[64];
	char sources[64]; /* a '.' where one begins, a letter for each port in it */
};

static struct config config;
static char *line[12]; /* the arguments that are read, and NULL */
static size_t lengths[12];
static struct text seen;  /* what was seen of them afterwards: see look() */
static struct text early; /* and when a name was stored */
static struct extra_opts *files;
static struct text text;

/* What the list of processes shows: the arguments, with a '.' for each NUL in them. */
static void
look(struct text *seen_now)
{
	text_cut(seen_now, 0);
	for (size_t i = 1; line[i] != NULL; i++) {
		for (size_t at = 0; at < lengths[i]; at++)
			text_add_char(seen_now, (char)(line[i][at] != '\0' ? line[i][at] : '.'));
		text_add_char(seen_now, ' ');
	}
}

static const char *
store_host(void *to, const char *value, int detail)
{
	struct config *it = to;

	look(&early);
	it->detail = detail;
	if (*value == '\0')
		return "a name or an address";
	strncpy(it->host, value, sizeof it->host - 1);
	return NULL;
}

static const char *
store_address(void *to, const char *value, int detail)
{
	struct config *it = to;

	(void)detail;
	if (*it->addresses != '\0')
		strcat(it->addresses, ",");
	strcat(it->addresses, value);
	return NULL;
}

static const char *
store_port(void *to, const char *value, int detail)
{
	struct config *it = to;

	(void)detail;
	strcat(it->sources, "p");
	return number_whole(value, 1, 65535, &it->port) ? NULL : "a number from 1 to 65535";
}

static void
begin(void *to)
{
	strcat(((struct config *)to)->sources, ".");
}

static const char *
store_plain(void *to, const char *value, int detail)
{
	struct config *it = to;

	(void)detail;
	ck_assert_ptr_null(value);
	it->plain = true;
	return NULL;
}

static const char *
store_verbose(void *to, const char *value, int detail)
{
	struct config *it = to;

	(void)detail;
	ck_assert_ptr_null(value);
	it->verbosity++;
	return NULL;
}

static const char *
store_warning(void *to, const char *value, int detail)
{
	struct config *it = to;

	(void)detail;
	strncpy(it->warning, value, sizeof it->warning - 1);
	return NULL;
}

static const char *
store_secret(void *to, const char *value, int detail)
{
	struct config *it = to;

	(void)detail;
	if (strlen(value) > 10)
		return "a password of at most 10 characters";
	strncpy(it->secret, value, sizeof it->secret - 1);
	return NULL;
}

static const struct options_row target_rows[] = {
    {'H', "hostname", "NAME", "the name that clients dial", store_host, 7},
    {'I', "address", "ADDR",
        "connect here instead; may be given several times, each address is then tried in turn",
        store_address},
    {.name = "IP-address", .alias = true},
    {.letter = 'A', .name = "connect-to", .alias = true},
    {'p', "port", "N", "default 443", store_port},
};
static const struct options_row other_rows[] = {
    {0, "plain", NULL, "HTTP without TLS", store_plain},
    {0, "critical-resolve-name", "RANGE", "too long for its column", store_warning},
    {'w', "warning", "RANGE", "seconds", store_warning},
    {'a', "authentication", "SECRET", "password", store_secret, .secret = true},
    {'v', "verbose", NULL, "more", store_verbose},
    {0, "host-header", "NAME", "what Host says", store_host},
};
static const struct options_group groups[] = {
    {"What to probe", target_rows, UNIT_COUNT(target_rows)},
    {"How", other_rows, UNIT_COUNT(other_rows)},
};
static const struct options_program program = {
    .name = "check_it",
    .purpose = "Looks whether it is there and well, with so many words that the sentence has to be "
               "broken into two lines.",
    .synopsis = "-H NAME [options]",
    .groups = groups,
    .groups_count = UNIT_COUNT(groups),
    .begin = begin,
    .notes = "Exit codes are those\nof plugins.\n\nExamples:\n  check_it -H a\n  check_it -H b",
};

static void
setup(void)
{
	memset(&config, 0, sizeof config);
	files = NULL;
	text = (struct text)TEXT_EMPTY;
}

static void
teardown(void)
{
	extra_opts_free(files);
	text_free(&seen);
	text_free(&early);
	text_free(&text);
}

/* Read up to ten arguments, after the program's name. */
static enum options_result
read_line(const char *const arguments[10])
{
	int count = 1;
	enum options_result result;

	line[0] = strdup("check_it");
	for (; count <= 10 && arguments[count - 1] != NULL; count++) {
		line[count] = strdup(arguments[count - 1]);
		lengths[count] = strlen(arguments[count - 1]);
	}
	line[count] = NULL;
	extra_opts_free(files);
	result = options_read(&program, count, line, &config, &files, &text);
	look(&seen);
	for (int i = 0; i < count; i++)
		free(line[i]);
	return result;
}

#define READ(...) read_line((const char *const[10]){__VA_ARGS__})

START_TEST(nothing_given)
{
	ck_assert_int_eq(READ(NULL), OPTIONS_GO);
	ck_assert_str_eq(text_chars(&text), "");
}
END_TEST

START_TEST(not_even_a_program_name)
{
	char *none[] = {NULL};

	ck_assert_int_eq(options_read(&program, 0, none, &config, &files, &text), OPTIONS_GO);
}
END_TEST

START_TEST(letters_and_names)
{
	ck_assert_int_eq(
	    READ("-H", "a.example", "--port=8443", "-vv", "--plain", "-w5", "--"), OPTIONS_GO);
	ck_assert_str_eq(config.host, "a.example");
	ck_assert_int_eq(config.detail, 7);
	ck_assert_int_eq(config.port, 8443);
	ck_assert_int_eq(config.verbosity, 2);
	ck_assert(config.plain);
	ck_assert_str_eq(config.warning, "5");
}
END_TEST

START_TEST(the_last_one_wins_and_lists_add)
{
	ck_assert_int_eq(
	    READ("-p", "1", "-I", "x", "--IP-address", "y", "-A", "z", "-p", "2"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 2);
	ck_assert_str_eq(config.addresses, "x,y,z");
}
END_TEST

/* Whatever form it has; an empty one is as it was. */
static const struct {
	const char *arguments[10];
	const char *secret;
	const char *seen;
} secrets[] = {
    {{"-a", "clientPass"}, "clientPass", "-a x......... "},
    {{"-aclientPass"}, "clientPass", "-ax......... "},
    {{"-vaclientPass", "-v"}, "clientPass", "-vax......... -v "},
    {{"--authentication", "clientPass"}, "clientPass", "--authentication x......... "},
    {{"--authentication=clientPass"}, "clientPass", "--authentication=x......... "},
    {{"--auth=clientPass"}, "clientPass", "--auth=x......... "},
    {{"-a", ""}, "", "-a  "},
    {{"-a", "x"}, "x", "-a x "},
    {{"-a", "first", "-w", "5", "-a", "second"}, "second", "-a x.... -w 5 -a x..... "},
    {{"-a", "-H", "-H", "a"}, "-H", "-a x. -H a "},
};

START_TEST(secret_is_hidden)
{
	ck_assert_int_eq(read_line(secrets[_i].arguments), OPTIONS_GO);
	ck_assert_str_eq(config.secret, secrets[_i].secret);
	ck_assert_str_eq(text_chars(&seen), secrets[_i].seen);
}
END_TEST

/* Before any other option is stored, and before a file is read. */
START_TEST(secret_is_hidden_at_once)
{
	ck_assert_int_eq(READ("-H", "a", "-a", "clientPass"), OPTIONS_GO);
	ck_assert_str_eq(text_chars(&early), "-H a -a x......... ");
	ck_assert_int_eq(READ("--extra-opts=@/nowhere", "-a", "clientPass"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&seen), "--extra-opts=@/nowhere -a x......... ");
}
END_TEST

/* Also when something else is wrong, before it or behind it. */
START_TEST(secret_is_hidden_in_errors)
{
	ck_assert_int_eq(READ("--bogus", "-a", "clientPass"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&seen), "--bogus -a x......... ");
	ck_assert_int_eq(READ("-aclientPass", "-p", "no"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&seen), "-ax......... -p no ");
	ck_assert_int_eq(READ("--help", "-a", "clientPass"), OPTIONS_HELP);
	ck_assert_str_eq(text_chars(&seen), "--help -a x......... ");
	ck_assert_int_eq(READ("-a", "longer than ten"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&seen), "-a x.............. ");
	ck_assert_ptr_null(strstr(text_chars(&text), "clientPass"));
	ck_assert_ptr_null(strstr(text_chars(&text), "longer than ten"));
}
END_TEST

START_TEST(values_may_look_like_options)
{
	ck_assert_int_eq(READ("-w", "-5:5", "-H", "--plain"), OPTIONS_GO);
	ck_assert_str_eq(config.warning, "-5:5");
	ck_assert_str_eq(config.host, "--plain");
	ck_assert(!config.plain);
}
END_TEST

START_TEST(abbreviations)
{
	ck_assert_int_eq(READ("--hostn", "x", "--verb", "--IP=1"), OPTIONS_GO);
	ck_assert_str_eq(config.host, "x");
	ck_assert_int_eq(config.verbosity, 1);
	ck_assert_str_eq(config.addresses, "1");
}
END_TEST

START_TEST(every_reading_starts_afresh)
{
	ck_assert_int_eq(READ("-v", "-p", "x", "-v"), OPTIONS_ERROR);
	text_cut(&text, 0);
	ck_assert_int_eq(READ("-vvx"), OPTIONS_ERROR);
	text_cut(&text, 0);
	config.verbosity = 0;
	ck_assert_int_eq(READ("-p", "3", "-v"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 3);
	ck_assert_int_eq(config.verbosity, 1);
	ck_assert_str_eq(text_chars(&text), "");
}
END_TEST

/* A command line, and what is wrong with it. */
static const struct {
	const char *const arguments[10];
	const char *message;
} errors[] = {
    {{"--colour"}, "unknown option --colour; see --help"},
    {{"--colour=red"}, "unknown option --colour; see --help"},
    {{"--authentification=secret"}, "unknown option --authentification; see --help"},
    {{"--authenticationsecret"},
        "--authentication is followed by = or a blank, and then its value"},
    {{"--co|l\nour\x1B"}, "unknown option --co?l?our?; see --help"},
    {{"--a-name-that-is-longer-than-anybody-would-read=x"},
        "unknown option --a-name-that-is-longer-than-anybody-wou..; see --help"},
    {{"--=x"}, "unknown option --; see --help"},
    {{"-x"}, "unknown option -x; see --help"},
    {{"-vx"}, "unknown option -x; see --help"},
    {{"-xsecret"}, "unknown option -x; see --help"},
    {{"-\xC3\xA9"}, "unknown option -?; see --help"},
    {{"-?"}, "unknown option -?; see --help"},
    {{"-:"}, "unknown option -:; see --help"},
    {{"-+"}, "unknown option -+; see --help"},
    {{"--host", "x"}, "--host is short for more than one: --hostname, --host-header"},
    {{"--host=secret"}, "--host is short for more than one: --hostname, --host-header"},
    {{"--p", "1"}, "--p is short for more than one: --port, --plain"},
    {{"--port"}, "--port needs a value"},
    {{"-p"}, "--port needs a value"},
    {{"-vp"}, "--port needs a value"},
    {{"--IP-address"}, "--IP-address needs a value"},
    {{"-A"}, "--connect-to needs a value"},
    {{"--plain=yes"}, "--plain takes no value"},
    {{"--plain="}, "--plain takes no value"},
    {{"--verb=3"}, "--verbose takes no value"},
    {{"--help=me"}, "--help takes no value"},
    {{"--version=2"}, "--version takes no value"},
    {{"-p", "0"}, "--port takes a number from 1 to 65535"},
    {{"--port", "secret"}, "--port takes a number from 1 to 65535"},
    {{"--port="}, "--port takes a number from 1 to 65535"},
    {{"-H", ""}, "--hostname takes a name or an address"},
    {{"--authentication", "longer than ten"},
        "--authentication takes a password of at most 10 characters"},
    {{"secret"}, "unexpected argument; options only, see --help"},
    {{"-v", "secret", "--help"}, "unexpected argument; options only, see --help"},
    {{"-"}, "unexpected argument; options only, see --help"},
    {{""}, "unexpected argument; options only, see --help"},
    {{"--", "-v"}, "unexpected argument; options only, see --help"},
};

START_TEST(errors_name_the_option_and_what_it_takes)
{
	ck_assert_int_eq(read_line(errors[_i].arguments), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&text), errors[_i].message);
}
END_TEST

START_TEST(nothing_behind_an_error_is_read)
{
	ck_assert_int_eq(READ("-p", "x", "--plain"), OPTIONS_ERROR);
	ck_assert(!config.plain);
	text_cut(&text, 0);
	ck_assert_int_eq(READ("-x", "-h"), OPTIONS_ERROR);
}
END_TEST

/* Make the file of options for one test; MP_CONFIG_FILE leads to it. */
static void
write_options(const char *chars)
{
	FILE *file = fopen(getenv("MP_CONFIG_FILE"), "w");

	ck_assert_ptr_nonnull(file);
	fputs(chars, file);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(a_file_has_all_kinds_of_options)
{
	write_options("[check_it]\nhostname = a.example\np=8443\nplain\nv=\nverbose\n"
	              "IP-address = x\nA=y\naddress=z\nw = -5:5\n");
	ck_assert_int_eq(READ("--extra-opts"), OPTIONS_GO);
	ck_assert_str_eq(text_chars(&text), "");
	ck_assert_str_eq(config.host, "a.example");
	ck_assert_int_eq(config.port, 8443);
	ck_assert(config.plain);
	ck_assert_int_eq(config.verbosity, 2);
	ck_assert_str_eq(config.addresses, "x,y,z");
	ck_assert_str_eq(config.warning, "-5:5");
}
END_TEST

START_TEST(the_command_line_overrides_a_file)
{
	write_options("[check_it]\np=1\nI=x\n[two]\np=2\nI=y\nH=h\n");
	ck_assert_int_eq(READ("-p", "3", "-I", "z", "--extra-opts"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 3);
	ck_assert_str_eq(config.addresses, "x,z");
	ck_assert_str_eq(config.sources, ".p.p");
	memset(&config, 0, sizeof config);
	ck_assert_int_eq(READ("--extra-opts=two", "-v", "--extra-opts"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 1);
	ck_assert_str_eq(config.host, "h");
	ck_assert_str_eq(config.addresses, "y,x");
	ck_assert_str_eq(config.sources, ".p.p.");
}
END_TEST

START_TEST(a_section_may_stand_apart)
{
	write_options("[check_it]\np=1\n[two]\np=2\n");
	ck_assert_int_eq(READ("--extra-opts", "two"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 2);
	ck_assert_int_eq(READ("--extra-opts", "-v"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 1);
	ck_assert_int_eq(READ("--extra-opts", "two", "--extra-opts="), OPTIONS_GO);
	ck_assert_int_eq(config.port, 1);
	ck_assert_int_eq(READ("--extra-opts", "two", "--extra-opts", ""), OPTIONS_GO);
	ck_assert_int_eq(config.port, 1);
	/* A value that looks like it is none. */
	memset(&config, 0, sizeof config);
	ck_assert_int_eq(READ("-H", "--extra-opts"), OPTIONS_GO);
	ck_assert_int_eq(config.port, 0);
}
END_TEST

START_TEST(an_empty_value_is_one)
{
	write_options("[check_it]\nwarning=\nhostname=\n");
	config.warning[0] = 'x';
	ck_assert_int_eq(READ("--extra-opts"), OPTIONS_ERROR);
	ck_assert_str_eq(config.warning, "");
	ck_assert_ptr_nonnull(
	    strstr(text_chars(&text), " line 3: --hostname takes a name or an address"));
}
END_TEST

/* A section, and what is wrong with it. */
static const struct {
	const char *chars, *message;
} file_errors[] = {
    {"secret=x", "line 2: no option that a file may hold; see --help"},
    {"v\n\nsecret", "line 4: no option that a file may hold; see --help"},
    {"--plain", "line 2: no option that a file may hold; see --help"},
    {"-p=1", "line 2: no option that a file may hold; see --help"},
    {"port 1", "line 2: no option that a file may hold; see --help"},
    {"hostn=x", "line 2: no option that a file may hold; see --help"},
    {"x", "line 2: no option that a file may hold; see --help"},
    {"help", "line 2: no option that a file may hold; see --help"},
    {"V", "line 2: no option that a file may hold; see --help"},
    {"extra-opts=two", "line 2: no option that a file may hold; see --help"},
    {"plain=secret", "line 2: --plain takes no value"},
    {"v=3", "line 2: --verbose takes no value"},
    {"port", "line 2: --port needs a value"},
    {"A", "line 2: --connect-to needs a value"},
    {"#\nport=secret", "line 3: --port takes a number from 1 to 65535"},
    {"p=", "line 2: --port takes a number from 1 to 65535"},
    {"a=longer than ten", "line 2: --authentication takes a password of at most 10 characters"},
};

START_TEST(errors_in_files_name_the_line)
{
	struct text wanted = TEXT_EMPTY, section = TEXT_EMPTY;

	text_format(&section, "[check_it]\n%s\nport=7\n", file_errors[_i].chars);
	write_options(text_chars(&section));
	text_format(&wanted, "%s %s", getenv("MP_CONFIG_FILE"), file_errors[_i].message);
	ck_assert_int_eq(READ("--plain", "--extra-opts"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&text), text_chars(&wanted));
	/* Neither what is behind it nor the command line was read. */
	ck_assert_int_ne(config.port, 7);
	ck_assert(!config.plain);
	text_free(&wanted);
	text_free(&section);
}
END_TEST

START_TEST(help_goes_before_files)
{
	ck_assert_int_eq(READ("--help", "--extra-opts=@/nowhere"), OPTIONS_HELP);
	text_cut(&text, 0);
	ck_assert_int_eq(READ("-V", "--extra-opts=@/nowhere"), OPTIONS_VERSION);
	text_cut(&text, 0);
	ck_assert_int_eq(READ("--extra-opts=@/nowhere", "--help"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&text), "cannot read /nowhere: No such file or directory");
	text_cut(&text, 0);
	ck_assert_int_eq(READ("--colour", "--extra-opts=@/nowhere"), OPTIONS_ERROR);
	ck_assert_str_eq(text_chars(&text), "unknown option --colour; see --help");
	text_cut(&text, 0);
	ck_assert_int_eq(READ("-p", "x", "--extra-opts"), OPTIONS_ERROR);
}
END_TEST

START_TEST(the_version)
{
	ck_assert_int_eq(READ("-V"), OPTIONS_VERSION);
	ck_assert_str_eq(text_chars(&text), "check_it " PACKAGE_VERSION " (" PACKAGE_NAME ")\n");
	text_cut(&text, 0);
	ck_assert_int_eq(READ("-v", "--version", "--nonsense"), OPTIONS_VERSION);
	ck_assert_str_eq(text_chars(&text), "check_it " PACKAGE_VERSION " (" PACKAGE_NAME ")\n");
}
END_TEST

#define STANDARD                                                                            \
	"Standard options:\n"                                                               \
	"  -h, --help                  this help; exit code 3\n"                            \
	"  -V, --version               the version; exit code 3\n"                          \
	"      --extra-opts=[SECTION][@FILE]\n"                                             \
	"                              take options from an ini file too: the section is\n" \
	"                              by default named as this program, the file is\n"     \
	"                              searched for as the Monitoring Plugins do; may be\n" \
	"                              repeated, and the command line overrides it\n"

START_TEST(the_help)
{
	static const char wanted[] =
	    "Usage: check_it -H NAME [options]\n"
	    "\n"
	    "Looks whether it is there and well, with so many words that the sentence has to\n"
	    "be broken into two lines.\n"
	    "\n"
	    "What to probe:\n"
	    "  -H, --hostname NAME         the name that clients dial\n"
	    "  -I, --address ADDR          connect here instead; may be given several times,\n"
	    "                              each address is then tried in turn (also\n"
	    "                              --IP-address, -A, --connect-to)\n"
	    "  -p, --port N                default 443\n"
	    "\n"
	    "How:\n"
	    "      --plain                 HTTP without TLS\n"
	    "      --critical-resolve-name RANGE\n"
	    "                              too long for its column\n"
	    "  -w, --warning RANGE         seconds\n"
	    "  -a, --authentication SECRET\n"
	    "                              password\n"
	    "  -v, --verbose               more\n"
	    "      --host-header NAME      what Host says\n"
	    "\n" STANDARD "\n"
	    "Exit codes are those of plugins.\n"
	    "\n"
	    "Examples:\n"
	    "  check_it -H a\n"
	    "  check_it -H b\n";

	ck_assert_int_eq(READ("--help"), OPTIONS_HELP);
	ck_assert_str_eq(text_chars(&text), wanted);
	text_cut(&text, 0);
	ck_assert_int_eq(READ("-vh"), OPTIONS_HELP);
	ck_assert_str_eq(text_chars(&text), wanted);
}
END_TEST

START_TEST(help_without_notes)
{
	struct options_program bare = program;

	bare.notes = NULL;
	bare.groups_count = 0;
	bare.purpose = "Short.";
	options_help(&bare, &text);
	ck_assert_str_eq(
	    text_chars(&text), "Usage: check_it -H NAME [options]\n\nShort.\n\n" STANDARD);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, nothing_given);
	tcase_add_test(tests, not_even_a_program_name);
	tcase_add_test(tests, letters_and_names);
	tcase_add_test(tests, the_last_one_wins_and_lists_add);
	unit_add_rows(tests, secret_is_hidden, secrets);
	tcase_add_test(tests, secret_is_hidden_at_once);
	tcase_add_test(tests, secret_is_hidden_in_errors);
	tcase_add_test(tests, values_may_look_like_options);
	tcase_add_test(tests, abbreviations);
	tcase_add_test(tests, every_reading_starts_afresh);
	unit_add_rows(tests, errors_name_the_option_and_what_it_takes, errors);
	tcase_add_test(tests, nothing_behind_an_error_is_read);
	tcase_add_test(tests, a_file_has_all_kinds_of_options);
	tcase_add_test(tests, the_command_line_overrides_a_file);
	tcase_add_test(tests, a_section_may_stand_apart);
	tcase_add_test(tests, an_empty_value_is_one);
	unit_add_rows(tests, errors_in_files_name_the_line, file_errors);
	tcase_add_test(tests, help_goes_before_files);
	tcase_add_test(tests, the_version);
	tcase_add_test(tests, the_help);
	tcase_add_test(tests, help_without_notes);
}

int
main(void)
{
	char path[] = "/tmp/sstp-options-XXXXXX";
	int descriptor = mkstemp(path), status;

	if (descriptor < 0 || setenv("MP_CONFIG_FILE", path, 1) != 0)
		return EXIT_FAILURE;
	close(descriptor);
	status = unit_run("cli/options", list);
	unlink(path);
	return status;
}
