/* A host that was read reads as itself, and holds nothing that a name or an address does not. */
#include "base/endpoint.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char legal[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:%";
	char *chars = fuzz_chars(bytes, length);
	struct endpoint endpoint, again;
	enum endpoint_result result = endpoint_read(chars, &endpoint);
	if (result == ENDPOINT_OK) {
		size_t host_length = strlen(endpoint.host);
		FUZZ_CLAIM(host_length > 0 && host_length <= ENDPOINT_HOST_MAX);
		FUZZ_CLAIM(strspn(endpoint.host, legal) == host_length);
		FUZZ_CLAIM(endpoint_read_host(endpoint.host, &again) == ENDPOINT_OK);
		FUZZ_CLAIM(again.kind == endpoint.kind && again.port == 0);
		FUZZ_CLAIM(strcmp(again.host, endpoint.host) == 0);
	}
	FUZZ_CLAIM(*endpoint_problem(result) != '\0');
	free(chars);
	return 0;
}
