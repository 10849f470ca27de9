// SPDX-License-Identifier: MIT
#include "dto/email.h"

%%{
    machine email;
    alphtype unsigned char;

    action mail_local { local++; }

    include rfc5321 "rfc5321.rl";
    main := Mailbox;
    write data noerror;
}%%

bool email_is_address(struct slice s)
{
    size_t local = 0;
    int cs;
    if (slice_is_empty(s))
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    %% write init;
    %% write exec;
    return cs >= email_first_final && local <= EMAIL_LOCAL;
}
