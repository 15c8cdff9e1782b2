/* log - one line an event on stderr: key=value, values quoted when needed,
 * control characters escaped so that one event stays one line. */
#pragma once

/* log_line("request", "method", "GET", "status", "200", NULL); */
void log_line(const char *event, ...) __attribute__((sentinel));
