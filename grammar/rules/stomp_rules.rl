%%{
    # docs/stomp-rules.md: one line of a file of rules, without its end.
    machine stomp_rules;

    comment     = "#" any*;
    frame       = "CONNECT" %rule_connect | "SEND" %rule_send | "SUBSCRIBE" %rule_subscribe
                | "UNSUBSCRIBE" %rule_unsubscribe | "DISCONNECT" %rule_disconnect | "HEARTBEAT" %rule_heartbeat
                | "*" %rule_any_frame;
    pattern     = ( 0x21..0x7E | 0x80..0xFF )+ >rule_pattern_begin %rule_pattern_end;
    who         = "anyone" %rule_anyone | "user" %rule_user | "manager" %rule_manager | "admin" %rule_admin
                | "nobody" %rule_nobody;
    blank       = [ \t]+;
    rule        = frame blank pattern blank who;
    line        = blank? ( rule blank? )? comment?;
}%%
