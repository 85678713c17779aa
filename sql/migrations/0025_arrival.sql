-- Whether home still helps a user to arrive. Existing users get `true` in both columns, so that it does not begin for them now.

set local lock_timeout = '5s';

alter table users
  add column arrival_dismissed boolean not null default true,
  add column has_posted boolean not null default true;
alter table users
  alter column arrival_dismissed set default false,
  alter column has_posted set default false;
comment on column users.arrival_dismissed is 'The user has closed the suggestions for newcomers on their home page.';
comment on column users.has_posted is 'The user has posted an activity or a reply at least once; it may have expired.';
