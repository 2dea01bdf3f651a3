#include "options.h"
#include "octets.h"

enum { HEADER = 2, COMPRESSION_MIN = 4, ADDRESS_LENGTH = 6 };

bool
options_next(struct cursor *list, struct option *option)
{
	if (list->left == 0 || list->failed)
		return false;
	option->bytes = list->at;
	option->type = cursor_u8(list);
	option->length = cursor_u8(list);
	if (option->length < HEADER)
		list->failed = true;
	option->value = cursor_part(list, option->length - HEADER);
	return !list->failed;
}

/* The length an option of TYPE must have; or the least, as *EXACT says. */
static size_t
length_of(uint8_t type, bool *exact)
{
	*exact = true;
	switch (type) {
	case OPTION_PFC:
	case OPTION_ACFC:
	case OPTION_SHORT_SEQUENCE:
		return 2;
	case OPTION_MRU:
	case OPTION_MRRU:
		return 4;
	case OPTION_ASYNC_MAP:
	case OPTION_MAGIC:
		return 6;
	}
	*exact = false;
	switch (type) {
	case OPTION_CALLBACK:
	case OPTION_ENDPOINT:
		return 3;
	case OPTION_AUTHENTICATION:
	case OPTION_QUALITY:
		return 4;
	}
	return HEADER;
}

static size_t
length_of_ipcp(uint8_t type, bool *exact)
{
	*exact = type == OPTION_ADDRESS || (type >= OPTION_DNS && type <= OPTION_SECOND_WINS);
	if (*exact)
		return ADDRESS_LENGTH;
	return type == OPTION_COMPRESSION ? COMPRESSION_MIN : HEADER;
}

static const char *
find_problem(struct cursor list, size_t (*wanted)(uint8_t type, bool *exact))
{
	bool seen[UINT8_MAX + 1] = {false};
	struct option option;
	while (options_next(&list, &option)) {
		bool exact;
		size_t length = wanted(option.type, &exact);
		if (option.length < length || (exact && option.length > length))
			return "an option of a wrong length";
		if (seen[option.type])
			return "an option twice";
		seen[option.type] = true;
	}
	return list.failed ? "options that do not fill the packet" : NULL;
}

const char *
options_problem(struct cursor list)
{
	return find_problem(list, length_of);
}

const char *
options_problem_ipcp(struct cursor list)
{
	return find_problem(list, length_of_ipcp);
}

void
options_add(struct text *list, const struct option *option)
{
	text_add_bytes(list, option->bytes, option->length);
}

void
options_add_number(struct text *list, unsigned type, uint32_t value, size_t size)
{
	octets_add_u8(list, type);
	octets_add_u8(list, (unsigned)(HEADER + size));
	for (size_t i = size; i-- > 0;)
		octets_add_u8(list, value >> (8 * i));
}
