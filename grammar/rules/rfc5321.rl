%%{
    # RFC 5321, section 4.1.2: the mailbox of an e-mail address.
    #
    # Left out: quoted local parts, source routes and address literals, which no sign-up form means. Added: the
    # characters beyond ASCII of RFC 6531, section 3.3; that they are UTF-8 is the caller's business.
    # Action of the host: mail_local, on each octet of the local part (limited by section 4.5.3.1.1).
    machine rfc5321;

    UTF8_non_ascii = 0x80..0xFF;
    atext      = alnum | [!#$%&'*+\-/=?^_`{|}~] | UTF8_non_ascii;      # RFC 5322, section 3.2.3
    Atom       = atext+;
    Dot_string = Atom ( "." Atom )*;
    Local_part = Dot_string $mail_local;

    Let_dig    = alnum | UTF8_non_ascii;
    sub_domain = Let_dig ( "-"* Let_dig )*;                             # Let-dig [Ldh-str]
    Domain     = sub_domain ( "." sub_domain )*;

    Mailbox    = Local_part "@" Domain;
}%%
