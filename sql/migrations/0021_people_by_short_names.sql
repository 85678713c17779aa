-- People whose name has one or two letters, as many have in China and Korea, are found by it too: three letters in a row are
-- what the index of names is asked by, so what is shorter is looked for where names begin.
create index users__by_name_prefix on users (lower(display_name) text_pattern_ops) include (uuid);
