/* A file of backends is read whole or not at all, and what was read is in order. */
#include "base/backends.h"

#include <string.h>

#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct backends backends = BACKENDS_EMPTY;
	struct text problem = TEXT_EMPTY;
	bool good = backends_read(&backends, (const char *)bytes, length, &problem);

	FUZZ_CLAIM(good == (problem.length == 0));
	FUZZ_CLAIM(backends.count <= BACKENDS_MAX && backends.count <= backends.room);
	for (size_t i = 0; i < backends.count; i++) {
		const struct backend *backend = &backends.list[i];
		struct endpoint endpoint;

		FUZZ_CLAIM(backend->label[0] != '\0');
		FUZZ_CLAIM(strpbrk(backend->label, " \t\n#/=|<>\"") == NULL);
		FUZZ_CLAIM(endpoint_read_host(backend->endpoint.host, &endpoint) == ENDPOINT_OK);
	}
	(void)backends_twin(&backends);
	text_free(&problem);
	backends_free(&backends);
	return 0;
}
