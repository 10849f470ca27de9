// SPDX-License-Identifier: MIT
// A Transfer-Encoding value: what passes ends in "chunked" and names it nowhere else.
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#include "base/object.h"
#include "wire/transfer_encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { NAME = 7 };
    unsigned char *value = malloc(size); /* exactly as large, so that the sanitizers see its end */
    if (size > 0 && value == NULL)
        return 0;
    if (size > 0)
        memcpy(value, data, size);
    enum transfer_encoding coding = transfer_encoding_read(slice_of(value, size));
    if (coding != TRANSFER_ENCODING_UNFIT) {
        assert(size >= NAME && strncasecmp((const char *)value + size - NAME, "chunked", NAME) == 0);
        assert((coding == TRANSFER_ENCODING_CHUNKED) == (size == NAME));
        assert(size == NAME || memchr(value, ',', size - NAME) != NULL);
        assert(memchr(value, '\n', size) == NULL && memchr(value, '\0', size) == NULL);
    }
    free(value);
    return 0;
}
