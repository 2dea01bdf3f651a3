#include "config.h"

#include "probe/symptom.h"

#include <errno.h>
#include <netdb.h>

#include "base/descriptors.h"

enum facts_symptom
symptom_of_shortage(int error)
{
	return error == EMFILE || error == ENFILE ? FACTS_NO_DESCRIPTORS : FACTS_NO_MEMORY;
}

enum facts_symptom
symptom_of_dial(enum dial_result result)
{
	switch (result) {
	case DIAL_CONNECTED:
		return FACTS_WELL;
	case DIAL_REFUSED:
		return FACTS_REFUSED;
	case DIAL_UNREACHABLE:
		return FACTS_UNREACHABLE;
	case DIAL_RESET:
		return FACTS_RESET;
	case DIAL_TIMEOUT:
		return FACTS_TIMEOUT;
	case DIAL_NO_ROUTE:
		return FACTS_NO_ROUTE;
	case DIAL_NO_DESCRIPTORS:
		return FACTS_NO_DESCRIPTORS;
	case DIAL_INTERRUPTED:
		return FACTS_INTERRUPTED;
	case DIAL_ERROR:
		break;
	}
	return FACTS_SOCKET_ERROR;
}

enum facts_symptom
symptom_of_answer(const struct resolve_answer *answer)
{
	if (answer->interrupted)
		return FACTS_INTERRUPTED;
	if (answer->timed_out)
		return FACTS_NO_RESOLVER;
	if (answer->error == 0)
		return answer->count > 0 ? FACTS_WELL : FACTS_NO_SUCH_NAME;
	if (answer->error == EAI_MEMORY)
		return FACTS_NO_MEMORY;
	if (descriptors_exhausted())
		return FACTS_NO_DESCRIPTORS;
	return resolve_is_absence(answer->error) ? FACTS_NO_SUCH_NAME : FACTS_NO_RESOLVER;
}
