"""Log on records: on which records a meeting booked over a link stands, chosen before or after."""
