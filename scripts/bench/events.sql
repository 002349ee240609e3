-- Events of a Segment workspace in the rows that the plugin itself would write:
-- events $1 to $2 of $3, spread over $5 milliseconds from $4 on; of the workspace
-- $8. Every $6th has the rare word $7 in its details, every $9th the word $10.
-- Few activities, actors and resources are frequent, most are not.
with draws as materialized (
  select
    n,
    md5('bench event ' || n) as hash,
    $4::bigint + (($5::bigint * (n - random())) / $3::int)::bigint as ms,
    floor(power(random(), 2) * (select count(*) from bench_activities)) as activity,
    floor(power(random(), 2) * (select count(*) from bench_actors)) as actor,
    power(random(), 1.5) as place,
    floor(random() * (select count(*) from bench_sentences)) as sentence
  from generate_series($1::int, $2::int) as n
),
facts as (
  select
    draws.n,
    (
      overlay(lpad(to_hex(ms), 12, '0') placing '-' from 9 for 0) || '-7' || substr(hash, 1, 3) || '-'
      || substr('89ab', 1 + draws.n % 4, 1) || substr(hash, 4, 3) || '-' || substr(hash, 7, 12)
    )::uuid as id,
    to_timestamp(ms / 1000.0) as occurred_at,
    activities.type,
    label,
    original_type,
    category,
    verb,
    harmful,
    actors.type as actor_type,
    actors.id as actor_id,
    actors.name as actor_name,
    actors.email as actor_email,
    places.key as place_key,
    case
      when part is null then places.key
      when activities.kind is null then 'segment:' || part || ':' || actors.id
      else 'segment:' || part || ':' || places.id || draws.n % 3
    end as resource_key,
    case
      when activities.kind is null then coalesce(actors.name, actors.id)
      else concat_ws(' ', places.name, part)
    end as resource_name,
    concat_ws(
      ' ',
      sentences.text,
      case when draws.n % $6::int = 0 then $7::text end,
      case when draws.n % $9::int = 0 then $10::text end
    ) as description,
    substr(md5(activities.type), 1, 24) as metadata_id
  from draws
  join bench_activities as activities on activities.n = draws.activity
  join bench_actors as actors on actors.n = draws.actor
  join bench_sentences as sentences on sentences.n = draws.sentence
  left join bench_kinds as kinds on kinds.kind = activities.kind
  left join bench_resources as places
    on places.kind = kinds.kind and places.n = floor(place * kinds.count)
),
events as (
  select
    facts.*,
    array_remove(array[resource_key, nullif(place_key, resource_key)], null) as keys,
    array[
      description,
      metadata_id,
      split_part(resource_key, ':', 3),
      split_part(resource_key, ':', 2),
      'users/' || actor_id,
      resource_name
    ] as details
  from facts
),
stored as (
  insert into audit_events (
    id, occurred_at, recorded_at, type, original_type, category, verb, harmful, outcome, workspace, source,
    intakes, actor_type, actor_id, actor_name, actor_email, resource_key, resource_name, resources, changes,
    details, search_text
  )
  select
    id,
    occurred_at,
    occurred_at + interval '1 second',
    type,
    original_type,
    category,
    verb,
    harmful,
    case verb when 'failed' then 'failed' else 'succeeded' end,
    $8::text,
    'segment',
    '["segment-webhook"]',
    actor_type,
    actor_id,
    actor_name,
    actor_email,
    resource_key,
    resource_name,
    '["' || array_to_string(keys, '","') || '"]',
    case
      when verb in ('modified', 'updated', 'edited') then format(
        '[{"path":"settings.%s","before":"%s","after":"%s"}]',
        split_part(description, ' ', 1), split_part(description, ' ', 2), split_part(description, ' ', 3)
      )
    end,
    format(
      '{"description":"%s","metadata_id":"%s","resource_id":"%s","resource_type":"%s","subject":"%s","target":"%s"}',
      variadic details
    ),
    (
      select string_agg(word, ' ' order by place)
      from (
        select word, min(place) as place
        from regexp_split_to_table(
          lower(concat_ws(
            ' ', label, original_type, type, actor_name, actor_email, actor_id, resource_name,
            array_to_string(keys, ' '), $8::text, array_to_string(details, ' ')
          )),
          '[^a-z0-9]+'
        ) with ordinality as words (word, place)
        where word <> ''
        group by word
      ) as words
    )
  from events
  returning id, resources
)
insert into audit_event_resources (resource_key, event_id)
select jsonb_array_elements_text(resources::jsonb), id from stored
