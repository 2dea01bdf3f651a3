#include "support/suite.h"

#include <stdlib.h>

#include "support/scratch.h"

int
suite_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed, run;

	scratch_begin_tests();
	srunner_run_all(runner, CK_ENV);
	scratch_end_tests();
	failed = srunner_ntests_failed(runner);
	run = srunner_ntests_run(runner);
	srunner_free(runner);
	return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
