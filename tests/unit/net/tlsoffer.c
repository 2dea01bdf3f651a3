#include "net/tlsoffer.h"
#include "unit/unit.h"

static const struct {
	struct tlsoffer_settings settings;
	int low, high;
} ranges[] = {
    {{.security_level = 1, .version_min = TLS1_2_VERSION, .version_max = TLS1_3_VERSION},
        TLS1_2_VERSION, TLS1_3_VERSION},
    {{.security_level = 1, .version_min = TLS1_3_VERSION}, TLS1_3_VERSION, TLS1_3_VERSION},
    /* older ones need SHA-1, which level 1 forbids */
    {{.security_level = 1, .version_min = TLS1_VERSION, .version_max = TLS1_2_VERSION},
        TLS1_2_VERSION, TLS1_2_VERSION},
    {{.security_level = 0, .version_min = TLS1_VERSION, .version_max = TLS1_2_VERSION},
        TLS1_VERSION, TLS1_2_VERSION},
    {{.wide_open = true}, TLS1_VERSION, TLS1_3_VERSION},
};

/* What is told of an offer is what a server can get. */
START_TEST(a_range)
{
	char reason[120];
	SSL_CTX *offer = tlsoffer_create(&ranges[_i].settings, reason, sizeof reason);
	int low, high;

	ck_assert_ptr_nonnull(offer);
	tlsoffer_range(offer, &low, &high);
	ck_assert_int_eq(low, ranges[_i].low);
	ck_assert_int_eq(high, ranges[_i].high);
	tlsoffer_destroy(offer);
}
END_TEST

START_TEST(no_such_version)
{
	const struct tlsoffer_settings settings = {.security_level = -1, .version_min = 0x0399};
	char reason[120] = "";

	ck_assert_ptr_null(tlsoffer_create(&settings, reason, sizeof reason));
	ck_assert_str_ne(reason, "");
	tlsoffer_destroy(NULL);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_loop_test(tests, a_range, 0, sizeof ranges / sizeof ranges[0]);
	tcase_add_test(tests, no_such_version);
}

int
main(void)
{
	return unit_run("net/tlsoffer", list);
}
