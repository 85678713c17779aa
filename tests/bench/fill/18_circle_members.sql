-- One in five of those who follow somebody is in their circle.
insert into circle_members (owner_uuid, member_uuid)
select followed_uuid, follower_uuid from follows where abs(hashtext(follower_uuid::text || followed_uuid::text)) % 5 = 0
