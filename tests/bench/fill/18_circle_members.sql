-- One in five followers is in the circle of the user they follow.
insert into circle_members (owner_uuid, member_uuid)
select followed_uuid, follower_uuid from follows where abs(hashtext(follower_uuid::text || followed_uuid::text)) % 5 = 0
