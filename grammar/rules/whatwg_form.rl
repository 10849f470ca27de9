%%{
    # HTML, 4.10.22.8 "Multipart form data": how a browser writes a file's name into a part, and what of it is a name.
    #
    # Deviations: CR and LF, which the browser escapes, are no part of a name here; nor are other controls (Unicode Cc),
    # line and paragraph separators, and marks that turn the direction of text round, by which "gpj.exe" shows as
    # "exe.jpg". An escaped quote is one. Before the last "/" or "\" stands a folder of somebody else's machine.
    #
    # Actions of the host: separator, quote, character.
    machine whatwg_form;
    include rfc3629 "rfc3629.rl";

    escaped_quote = "%22";
    escaped_line  = "%0" [aAdD];
    control       = 0x00..0x1F | 0x7F | 0xC2 0x80..0x9F;
    direction     = 0xD8 0x9C                                   # U+061C
                  | 0xE2 0x80 ( 0x8E | 0x8F | 0xA8..0xAE )      # U+200E, U+200F, U+2028 to U+202E
                  | 0xE2 0x81 0xA6..0xA9;                       # U+2066 to U+2069
    file_name := |*
        escaped_quote => quote;
        escaped_line | control | direction;
        [/\\] => separator;
        UTF8_char => character;
    *|;
}%%
