# What makes the plugins at home elsewhere.
