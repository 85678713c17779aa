-- The colour of a profile's banner. Its check is validated by the next file.

set local lock_timeout = '5s';

alter table users
  add column banner_color text not null default 'star',
  add constraint users__banner_color
    check (banner_color in ('star', 'violet', 'rose', 'amber', 'green', 'teal', 'blue')) not valid;
comment on column users.banner_color is 'Colour of the banner on the profile; star: that of the star drawn from the handle.';
