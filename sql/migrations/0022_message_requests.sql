-- Message requests: what strangers write waits in a folder of its own (decision 57). Functions of the release before know no folders:
-- what they write goes to the inbox, as before.

set local lock_timeout = '5s';

alter table message_group_members
  add column folder text not null default 'inbox',
  add constraint message_group_members__folder check (folder in ('inbox', 'requests', 'declined')) not valid;
comment on column message_group_members.folder is
  'Where this member finds it. requests: the other wrote first, and this member neither followed them nor has answered or accepted. declined: this member sees it no more, until they write to the other or follow them.';

comment on table auth_attempts is
  'Counters of attempts with passwords and codes, mailed codes and sign-ups, of reports, and of writes with a daily limit. A row is swept after its window has ended.';
