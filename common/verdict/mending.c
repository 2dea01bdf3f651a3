#include "verdict/mending.h"

#include "verdict/entries.h"

const char mending_renewal[] = "restart RemoteAccess, else assign in RRAS";

bool
mending_is_renewed(const struct dump_binding *binding)
{
	return binding != NULL && binding->any && entries_owner(binding) == ENTRIES_SSTP;
}

void
mending_add_renewal(struct text *steps)
{
	entries_add_restart(steps);
	text_add(steps, "where that does not help: ");
	entries_add_assignment(steps);
}

void
mending_add_all(struct text *steps, const struct bound *bound, const struct dump_binding *wrong)
{
	const struct dump_binding *binding;
	size_t place = 0;
	bool of_iis = false, of_any = false;

	while ((binding = bound_next(bound, &place)) != NULL) {
		if (!bound_goes(bound, binding) || entries_owner(binding) != ENTRIES_IIS)
			continue;
		/* Those of both families are one to IIS. */
		if (!binding->any || !of_any)
			entries_add_iis_removal(steps, binding);
		of_any |= binding->any;
		of_iis = true;
	}
	for (place = 0; (binding = bound_next(bound, &place)) != NULL;)
		if (bound_goes(bound, binding) && !mending_is_renewed(binding))
			entries_add_deletion(steps, binding);
	if (of_iis)
		entries_add_iis_restart(steps);
	if (mending_is_renewed(wrong))
		mending_add_renewal(steps);
	else
		entries_add_assignment(steps);
}

void
mending_add_removal(struct text *steps, const struct dump_binding *binding)
{
	bool of_iis = entries_owner(binding) == ENTRIES_IIS && !dump_is_stored(binding);

	if (of_iis)
		entries_add_iis_removal(steps, binding);
	entries_add_deletion(steps, binding);
	if (of_iis)
		entries_add_iis_restart(steps);
}
