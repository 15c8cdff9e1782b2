/* version - of the program; the build says it. */
#pragma once

#ifndef CRISALIDE_VERSION
#define CRISALIDE_VERSION "0.1.0"
#endif
