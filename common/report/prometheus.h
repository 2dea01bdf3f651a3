/*
 * prometheus - the families that are written even when memory has run out.
 */
#ifndef REPORT_PROMETHEUS_H
#define REPORT_PROMETHEUS_H

#define PROMETHEUS_SUCCESS "sstp_probe_success"
#define PROMETHEUS_SUCCESS_HELP \
	"1 when the level asked for was reached and no finding is CRITICAL or UNKNOWN, else 0."

#define PROMETHEUS_STATE      "sstp_probe_state"
#define PROMETHEUS_STATE_HELP "State of the target: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."

#define PROMETHEUS_FAILURE      "sstp_probe_failure"
#define PROMETHEUS_FAILURE_HELP "1 for each cause of the findings about the target."

/* The lines before the samples of a family. */
#define PROMETHEUS_HEAD(name, help) "# HELP " name " " help "\n# TYPE " name " gauge\n"

#endif
