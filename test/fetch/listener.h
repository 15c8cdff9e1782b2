/* listener - a small web server of a test: what it says goes by the path. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

struct listener {
	int fd, port;
	pthread_t thread;
	_Atomic int heard; /* connections */
	const char *csv;   /* what /sheet says */
	int other;	   /* the port that /elsewhere leads to */
};
/* /sheet a CSV, /page HTML, /no 403, /hop to /sheet, /round to itself,
 * /elsewhere to the other port, /private to 10.0.0.1, /large 30 MiB. */
void listener_open(struct listener *l, const char *csv);
void listener_close(struct listener *l);
