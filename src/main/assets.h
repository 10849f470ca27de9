/* SPDX-License-Identifier: MIT
 *
 * main/assets.h - the files of gen/web, embedded by cmake/assets.cmake.
 */
#ifndef PARLEY_MAIN_ASSETS_H
#define PARLEY_MAIN_ASSETS_H

#include "api/api.h"

extern const struct asset assets[];
extern const size_t asset_count;

#endif
