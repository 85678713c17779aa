insert into mentions (activity_uuid, user_uuid)
select crud.uuid, person.uuid from crud join person on person.n = mentions order by 1
