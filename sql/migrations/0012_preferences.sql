-- What a person has chosen for themselves; nobody else is shown it.

alter table users
  add column default_ttl text not null default '7-days',
  add column theme text not null default 'system',
  add constraint users__default_ttl
    check (default_ttl in ('1-hour', '3-hours', '12-hours', '1-day', '3-days', '7-days', '30-days')),
  add constraint users__theme check (theme in ('system', 'dark', 'light'));

comment on column users.default_ttl is 'The lifetime that the chooser begins with.';
comment on column users.theme is 'system: as the reader''s device has it.';
