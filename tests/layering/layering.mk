# The arrows between the rooms, read from the #include lines; names, read from the objects.
TESTS += tests/layering/layering.test
EXTRA_DIST += \
	tests/layering/includes.awk \
	tests/layering/layering.test \
	tests/layering/names
