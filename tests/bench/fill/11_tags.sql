insert into activity_tags (tag, activity_uuid)
select tag, uuid from crud where tag is not null and audience = 'everyone' order by uuid
