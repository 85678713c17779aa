import type pg from 'pg'
import type { AnyFunction } from '../worker/db/query.ts'

/** A statement with values that people would really ask with. */
export type Asked = { label: string; text: string; values: unknown[] }

/** Rows of a filled database that statements are asked about. */
export type Known = {
  /** A person with a past: follows many, has cruds, notifications, messages. */
  sub: string
  handle: string
  /** Somebody who follows nobody, and whom few know. */
  newcomer: string
  crud: string
  /** Somebody's who is not the person above. */
  reply: string
  group: string
  own: string
  /** Hash and uuid of a session of the person above. */
  session: string
  sessionUuid: string
}

export async function known(client: pg.Client): Promise<Known> {
  const one = async (text: string) => String(Object.values((await client.query(text)).rows[0])[0])
  await client.query(
    `insert into users (cognito_sub, handle, display_name, email) values ('sub-new', 'newcomer', 'New', 'new@example.com')`,
  )
  // Somebody with a past, who is leaving; and somebody who has left.
  await client.query(`insert into deleted_accounts (user_uuid) select uuid from users where cognito_sub = 'sub-18'`)
  await client.query('insert into deleted_accounts (user_uuid) values (uuidv7())')
  const live = 'expires_at > now()'
  return {
    sub: 'sub-42',
    handle: 'person17',
    newcomer: 'sub-new',
    crud: await one(
      `select uuid from activities where ${live} and reply_to_activity_uuid is null order by likes_count desc limit 1`,
    ),
    reply: await one(`select uuid from activities where ${live} and reply_to_activity_uuid is not null limit 1`),
    group: await one(
      `select message_group_uuid from message_group_members join users on users.uuid = user_uuid
       where cognito_sub = 'sub-42' limit 1`,
    ),
    own: await one(
      `select activities.uuid from activities join users on users.uuid = user_uuid
       where cognito_sub = 'sub-42' and ${live} limit 1`,
    ),
    session: 'session-42-1',
    sessionUuid: await one(`select uuid from sessions where hash = 'session-42-1'`),
  }
}

/** A uuid of halfway through the week: a page from the middle. */
const MIDDLE = (() => {
  const hex = Math.floor(Date.now() - 3.5 * 86_400_000)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
})()
const SOON = new Date(Date.now() + 86_400_000).toISOString().replace('Z', '000Z')

type Choices = Record<string, (rows: Known, name: string) => unknown[]>

/** For each parameter what it may be; null is added where a query allows it. */
const CHOICES: Choices = {
  sub: (rows) => [rows.sub, rows.newcomer],
  auth_time: () => [Math.floor(Date.now() / 1000)],
  session_hash: (rows) => [rows.session, 'unseen'],
  session_uuid: (rows) => [rows.sessionUuid],
  browser: () => ['Firefox on Android'],
  replaced_hash: (rows) => [rows.session],
  sealed_refresh_token: () => ['sealed'],
  is_revoked: () => [true, false],
  is_required: () => [true],
  handle: (rows) => [rows.handle],
  owner_handle: (rows) => [rows.handle],
  handles: (rows, name) => (name === 'freeHandles' ? [['person1', 'nobody']] : [[rows.handle, 'person2', 'nobody']]),
  activity_uuid: (rows, name) => (OWN.includes(name) ? [rows.own] : [rows.crud, rows.reply]),
  before: () => [MIDDLE],
  after: (_, name) => (name === 'blocked' ? ['person3'] : [MIDDLE]),
  top: () => [MIDDLE],
  page_size: () => [21],
  key_hash: () => ['unseen'],
  batch_size: () => [250],
  term: (_, name) =>
    name === 'searchUsers'
      ? ['person420', 'nr. 77', 'person', 'nobody at all', 'pe', '李明', '%%%']
      : ['common', 'seldom', 'rarity', 'bygone', 'nothinghasthis', '"says common"', 'common -seldom'],
  tag: () => ['tag7', 'nothinghasthis'],
  prefix: () => ['person4', 'p', 'zz'],
  message: () => ['a #tag @person2'],
  lifetime: () => [3_600],
  after_tier: () => [0, 1],
  after_expires_at: () => [SOON],
  after_uuid: () => [MIDDLE],
  min_seconds: () => [0, 60],
  only_reply: () => [false],
  tags: () => [['tag']],
  seconds: () => [3_600],
  conversation_uuid: (rows) => [rows.group],
  message_text: () => ['a message'],
  up_to: () => [MIDDLE],
  maxima: () => [[3, 10]],
  window_seconds: () => [[60, 3_600]],
  slides: () => [[true, false]],
  device_sub: (rows) => [rows.sub],
  device_since: () => [Math.floor(Date.now() / 1_000)],
  cleared: () => [['0'.repeat(64)]],
  given_back: () => [['1'.repeat(64)]],
  email_hash: () => ['0'.repeat(64)],
  mark_uuid: () => [MIDDLE],
  proved_sub: () => ['sub-unseen'],
  account: (rows) => [rows.sub, 'person17@example.com'],
  body_mac: () => ['mac'],
  display_name: () => ['Name'],
  bio: () => ['Bio'],
  default_ttl: () => ['1-hour'],
  theme: () => ['dark'],
  avatar_key: () => ['0'.repeat(64)],
  avatar_keys: () => [['0'.repeat(64), '1'.repeat(64)]],
  cognito_sub: () => ['sub-unseen'],
  email: () => ['unseen@example.com'],
  handle_hash: () => ['0'.repeat(64)],
  tags_kept: () => [100],
  hashes: () => [['0'.repeat(64), '1'.repeat(64)]],
}

/** Writes on what is the viewer's own. */
const OWN = ['remove', 'replace', 'deletionImpact']

/** Parameters that come together or not at all. */
const TOGETHER: Record<string, string[][]> = {
  home: [['top', 'before']],
  spendAll: [['device_sub', 'device_since']],
  create: [['key_hash', 'body_mac']],
  reply: [['key_hash', 'body_mac']],
  replace: [['key_hash', 'body_mac']],
  send: [['key_hash', 'body_mac']],
  lastLight: [['after_tier', 'after_expires_at', 'after_uuid']],
}
const ALTERNATIVES: Record<string, [string, string]> = {
  group: ['conversation_uuid', 'handle'],
  send: ['conversation_uuid', 'handle'],
}

/** Every combination of what a query's parameters may be. Throws for a parameter that nothing is known of. */
export function casesOf(name: string, { text, params, requiresViewer }: AnyFunction, rows: Known): Asked[] {
  let combined: Record<string, unknown>[] = [{}]
  for (const [param, type] of Object.entries(params)) {
    const subs = OWN.includes(name)
      ? [rows.sub]
      : requiresViewer || type === 'text'
        ? [rows.sub, rows.newcomer]
        : [rows.sub, rows.newcomer, null]
    const choices = param === 'viewer_sub' ? subs : CHOICES[param]?.(rows, name)
    if (!choices) throw new Error(`Say in CHOICES what ${param} of ${name} can be`)
    const isOptional = type.endsWith('?') && param !== 'viewer_sub'
    const all = isOptional ? [...choices, null] : choices
    combined = combined.flatMap((values) => all.map((value) => ({ ...values, [param]: value })))
  }
  const isSound = (values: Record<string, unknown>) =>
    (TOGETHER[name] ?? []).every((group) => new Set(group.map((param) => values[param] === null)).size === 1) &&
    (!(name in ALTERNATIVES) || ALTERNATIVES[name]?.filter((param) => values[param] === null).length === 1)
  return combined.filter(isSound).map((values) => ({
    label: JSON.stringify(values),
    text,
    values: Object.values(values),
  }))
}
