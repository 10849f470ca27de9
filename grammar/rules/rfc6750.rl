%%{
    # RFC 6750, Bearer Token Usage, 2.1; the scheme ignores case by RFC 9110 11.1. b64token is token68.
    machine rfc6750;
    include rfc9110 "rfc9110.rl";

    b64token = token68;
    credentials = "Bearer"i SP+ b64token >token_begin;
}%%
