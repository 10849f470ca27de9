/* SPDX-License-Identifier: MIT
 *
 * main/options.h - what of the configuration the api goes by.
 */
#ifndef PARLEY_MAIN_OPTIONS_H
#define PARLEY_MAIN_OPTIONS_H

#include "adapter/problem.h"
#include "api/api.h"
#include "api/stomp_rules.h"
#include "main/config.h"

/* Texts are borrowed from the configuration. *rules is what options->rules points to, NULL without a file, and the
 * caller's to free. False, and why, for what cannot be. */
bool options_read(struct api_options *options, const struct config *config, struct stomp_rules **rules,
                  struct problem *why);

#endif
