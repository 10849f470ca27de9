%%{
    # RFC 3339, section 5.6: Internet date/time format.
    #
    # Deviations: no leap second (time-second ends at 59), no year 0000, at most nine digits of fraction. Which
    # day a month ends at depends on the year and is left to the host (section 5.7).
    # Actions of the host: year, month, mday, hour, minute, second, secfrac on each digit; offset_hour,
    # offset_minute likewise; offset_west on the sign.
    machine rfc3339;

    date_fullyear  = ( digit{4} - "0000" )               $year;
    date_month     = ( "0" [1-9] | "1" [0-2] )           $month;
    date_mday      = ( "0" [1-9] | [12] digit | "3" [01] ) $mday;
    hours          = [01] digit | "2" [0-3];
    sixty          = [0-5] digit;
    time_hour      = hours                               $hour;
    time_minute    = sixty                               $minute;
    time_second    = sixty                               $second;
    time_secfrac   = "." digit{1,9}                      $secfrac;
    time_numoffset = ( "+" | "-" @offset_west ) hours $offset_hour ":" sixty $offset_minute;
    time_offset    = "Z"i | time_numoffset;
    partial_time   = time_hour ":" time_minute ":" time_second time_secfrac?;
    full_date      = date_fullyear "-" date_month "-" date_mday;
    full_time      = partial_time time_offset;
    date_time      = full_date "T"i full_time;
}%%
