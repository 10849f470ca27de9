%%{
    # RFC 2046, MIME Media Types, 5.1.1: the boundary of a multipart body.
    #
    # Deviation: `boundary` has no upper length here; 70 octets are counted by its host, not in states.
    machine rfc2046;

    bcharsnospace = alnum | ['()+_,\-./:=?];
    bchars = bcharsnospace | " ";
    boundary = bchars* bcharsnospace;
}%%
