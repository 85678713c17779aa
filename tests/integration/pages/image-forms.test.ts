import { expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Answer, Client, Fields } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
import { imageKeys, uploads } from '../../support/actors/images.ts'
import { sendsHeadersOnly } from '../../support/actors/unsent-body.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../../support/faults/faulty-bucket.ts'
import { uniqueImage } from '../../support/fixtures/images.ts'

const site = await openSite({ liftLimits: true, faultyBucket: true })
const { actors, db } = site

const MULTIPART = 'multipart/form-data; boundary=x'
const MEBIBYTE = 1_048_576

/** What the fields without script send for one image. */
type Slot = { file?: Uint8Array; alt?: string }

function formOf(fields: Fields, slots: readonly Slot[] = []): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (let i = 0; i < 4; i += 1) {
    const { file = new Uint8Array(), alt = '' } = slots[i] ?? {}
    form.set(`file_${i}`, new Blob([file as BlobPart]), file.length > 0 ? 'photo.png' : '')
    form.set(`alt_${i}`, alt)
  }
  return form
}

const submitsForm = (who: Client, path: string, form: FormData, headers: Fields = {}) =>
  who.send('POST', path, { accept: 'text/html', ...headers }, form)

const imagesOf = async (who: Actor, text: string): Promise<Activity['images'][]> => {
  const { data } = (await who.get(`/api/users/@${who.handle}/activities`)).body as { data: Activity[] }
  return data.filter(({ message }) => message === text).map(({ images }) => images)
}

const decoded = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The field `images` that a refused form shows. */
const keptImages = ({ text }: Answer): string => {
  const [, kept = ''] = /<textarea hidden=""[^>]*name="images"[^>]*>([^<]*)<\/textarea>/.exec(text) ?? []
  return decoded(kept)
}

const altOf = ({ text }: Answer, i: number) =>
  decoded(new RegExp(`<textarea name="alt_${i}"[^>]*>([^<]*)</textarea>`).exec(text)?.[1] ?? '')

test('a form posts a crud with its files in one go, in order, with their alt texts', async () => {
  const anna = await actors.join('anna')
  const slots = [{ file: await uniqueImage(), alt: 'the first' }, {}, { file: await uniqueImage(), alt: 'the second' }]
  const answer = await submitsForm(anna, '/', formOf({ message: 'look here', ttl: '1-hour' }, slots))
  expect(expectStatus(answer, 303).headers.get('location')).toBe('/')
  const [images = []] = await imagesOf(anna, 'look here')
  expect(images.map(({ alt }) => alt)).toEqual(['the first', 'the second'])
})

test('a form posts a reply with a file', async () => {
  const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
  const crud = await anna.posts('who has seen it?')
  const form = formOf({ message: 'I have' }, [{ file: await uniqueImage(), alt: 'a heron' }])
  expectStatus(await submitsForm(ben, `/@${anna.handle}/status/${crud.uuid}`, form), 303)
  const [reply] = (await anna.get(`/api/activities/${crud.uuid}/replies`)).body.data as Activity[]
  expect(reply?.images.map(({ alt }) => alt)).toEqual(['a heron'])
})

test('a refused form keeps what was uploaded, with text, choices and alt texts, and posts it the next time', async () => {
  const anna = await actors.join('anna')
  const fields = { message: ' ', ttl: '3-days', audience: 'followers', who_can_reply: 'nobody' }
  const slots = [{ file: await uniqueImage(), alt: 'a <harbour> & "more"' }]
  const refused = expectStatus(await submitsForm(anna, '/', formOf(fields, slots)), 422)
  expect(refused.text).toContain('Write a word or two first.')
  expect(refused.text).toMatch(/value="3-days"[^>]*checked|checked=""[^>]*value="3-days"/)
  expect(refused.text).toMatch(/<option value="followers" selected=""/)
  expect(altOf(refused, 0)).toBe('a <harbour> & "more"')
  const images = keptImages(refused)
  const [kept] = JSON.parse(images)
  expect(refused.text).toContain(`<img src="${kept.url}"`)

  const again = formOf({ ...fields, message: 'second try', images }, [{ alt: 'a harbour' }])
  expectStatus(await submitsForm(anna, '/', again), 303)
  expect((await imagesOf(anna, 'second try')).map((images) => images.map(({ alt }) => alt))).toEqual([['a harbour']])
})

test('an uploaded image can be left out of the next try', async () => {
  const anna = await actors.join('anna')
  const { url, uuid, ...size } = await uploads(anna)
  const images = JSON.stringify([{ ...size, uuid, url, alt: '' }])
  const form = formOf({ message: 'without it', ttl: '1-hour', images, remove_0: 'on' }, [{ alt: 'not this one' }])
  expectStatus(await submitsForm(anna, '/', form), 303)
  expect(await imagesOf(anna, 'without it')).toEqual([[]])
})

test.each([
  ['is not an image', Buffer.from('<!doctype html>'), 422, 'We can’t use that file.'],
  ['has more than 10 MiB', Buffer.alloc(10 * MEBIBYTE + 1), 413, 'This picture is larger than 10 MB.'],
  ['was not chosen for an alt text', Buffer.alloc(0), 422, 'We can’t use that file.'],
])('a file that %s has its error; the other one and all texts are kept', async (_, file, status, sentence) => {
  const anna = await actors.join('anna')
  const slots = [
    { file, alt: 'the bad one' },
    { file: await uniqueImage(), alt: 'the good one' },
  ]
  const page = expectStatus(await submitsForm(anna, '/', formOf({ message: 'my words', ttl: '1-hour' }, slots)), status)
  expect(page.text).toContain('my words</textarea>')
  expect(page.text).toContain(sentence)
  expect(JSON.parse(keptImages(page))).toMatchObject([{ alt: 'the good one' }])
  expect([altOf(page, 0), altOf(page, 1)]).toEqual(['the good one', 'the bad one'])
  expect(await imagesOf(anna, 'my words')).toEqual([])
})

test('a missing alt text is asked for unless the setting is off', async () => {
  const anna = await actors.join('anna')
  const form = async () => formOf({ message: 'no words for it', ttl: '1-hour' }, [{ file: await uniqueImage() }])
  const page = expectStatus(await submitsForm(anna, '/', await form()), 422)
  expect(page.text).toContain('Please describe each picture.')
  expect(page.text).toContain('Each picture needs a description')
  await changesProfile(anna, { alt_required: false })
  expect((await anna.visits('/')).text).toContain('A description is up to you')
  expectStatus(await submitsForm(anna, '/', await form()), 303)
})

test('a form that is submitted twice at once posts one crud, and both answers lead to it', async () => {
  const anna = await actors.join('anna')
  const slots = [{ file: await uniqueImage(), alt: 'twice' }]
  const form = () => formOf({ message: 'pressed twice', ttl: '1-hour', idempotency_key: 'one-key' }, slots)
  const answers = await Promise.all([submitsForm(anna, '/', form()), submitsForm(anna, '/', form())])
  for (const answer of answers) expect(expectStatus(answer, 303).headers.get('location')).toBe('/')
  expect(await imagesOf(anna, 'pressed twice')).toHaveLength(1)
})

test('while Images or the bucket fail, the form answers 503 and keeps the texts; the next try works', async () => {
  const anna = await actors.join('anna')
  const before = await imageKeys(site)
  const file = await uniqueImage()
  const form = () => formOf({ message: 'against all odds', ttl: '1-hour' }, [{ file, alt: 'odds' }])
  for (const fault of ['images', 'put']) {
    const page = expectStatus(await submitsForm(anna, '/', form(), { [BUCKET_FAULT_HEADER]: fault }), 503)
    expect(page.text).toContain('Pictures aren’t available right now.')
    expect(page.text).toContain('against all odds</textarea>')
    expect(altOf(page, 0)).toBe('odds')
  }
  expect(await imageKeys(site)).toEqual(before)
  expectStatus(await submitsForm(anna, '/', form()), 303)
})

test('if the parent was deleted meanwhile, the page has the words and what was uploaded, to be posted on their own', async () => {
  const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
  const crud = await anna.posts('hi')
  await anna.deletes(crud)
  const form = formOf({ message: 'too late' }, [{ file: await uniqueImage(), alt: 'a heron' }])
  const page = expectStatus(await submitsForm(ben, `/@${anna.handle}/status/${crud.uuid}`, form), 410)
  const fields = { message: 'too late', ttl: '1-hour', images: keptImages(page) }
  expectStatus(await submitsForm(ben, '/', formOf(fields, [{ alt: altOf(page, 0) }])), 303)
  expect((await imagesOf(ben, 'too late')).map((images) => images.map(({ alt }) => alt))).toEqual([['a heron']])
})

test('if the session was ended meanwhile, all words are there to copy, the descriptions too', async () => {
  const anna = await actors.join('anna')
  const phone = anna.onAnotherDevice()
  await phone.signsIn()
  await anna.delete('/api/session/all')
  const form = formOf({ message: 'my words', ttl: '1-hour' }, [{ file: await uniqueImage(), alt: 'and a heron' }])
  const page = expectStatus(await submitsForm(phone, '/', form), 401)
  expect(page.text).toContain('my words\nand a heron</textarea>')
})

test('images of others, attached ones and five of them are refused with their reason, and nothing is posted', async () => {
  const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
  const own = await Promise.all(Array.from({ length: 5 }, () => uploads(anna)))
  const attached = await uploads(anna)
  await anna.post('/api/activities', { message: 'first', ttl: '1-hour', images: [{ uuid: attached.uuid, alt: 'a' }] })
  const cases: [object[], number, string][] = [
    [[await uploads(ben)], 422, 'A picture waited too long and is gone.'],
    [[attached], 409, 'A picture is already part of another crud.'],
    [own, 422, 'A crud can have four pictures.'],
  ]
  for (const [images, status, sentence] of cases) {
    const fields = { message: 'not these', ttl: '1-hour', images: JSON.stringify(images) }
    const form = formOf(fields)
    for (const i of images.keys()) form.set(`alt_${i}`, 'described')
    const page = expectStatus(await submitsForm(anna, '/', form), status)
    expect(page.text).toContain(sentence)
  }
  expect(await imagesOf(anna, 'not these')).toEqual([])
})

test.each([
  '{',
  '[null]',
  '5',
  '"x"',
  '[{"url":"javascript:alert(1)","alt":{}}]',
  `[{"uuid":"x","url":"https://evil.example/"}]`,
])('a changed field images (%s) makes no error of ours and leads nowhere', async (images) => {
  const anna = await actors.join('anna')
  const page = await submitsForm(anna, '/', formOf({ message: '', ttl: '1-hour', images }))
  expect(page.status).toBe(422)
  expect(page.text).not.toMatch(/<img src="(?:javascript|https)/)
  expect((await submitsForm(anna, '/', formOf({ message: 'fine', ttl: '1-hour', images }))).status).toBeLessThan(500)
})

test('only a signed-in user’s form with files may have more than 1 MiB, up to four images, where images are taken', async () => {
  const [anna, visitor] = [await actors.join('anna'), actors.visitor()]
  const crud = await anna.posts('the limit')
  const path = `/@${anna.handle}/status/${crud.uuid}`
  const refused: [Client, string, string, number][] = [
    [anna, '/', MULTIPART, 41 * MEBIBYTE + 1],
    [anna, '/', 'application/x-www-form-urlencoded', MEBIBYTE + 1],
    [anna, `${path}/rewrite`, MULTIPART, MEBIBYTE + 1],
    [anna, '/settings', MULTIPART, MEBIBYTE + 1],
  ]
  for (const [who, at, type, length] of refused)
    expectStatus(await sendsHeadersOnly(who, 'POST', at, type, length), 413)
  const unread = expectStatus(await sendsHeadersOnly(visitor, 'POST', '/', MULTIPART, MEBIBYTE + 1), 401)
  expect(unread.text).toContain('You’ve been signed out.')
  const four = await Promise.all(
    Array.from({ length: 4 }, async () => ({ file: await padded(9 * MEBIBYTE), alt: 'big' })),
  )
  for (const at of ['/', '/compose', path]) {
    expectStatus(await submitsForm(anna, at, formOf({ message: 'four of nine', ttl: '1-hour' }, four)), 303)
  }
  expect(await db.sql(`select from activities where message = 'four of nine'`)).toHaveLength(3)
})

/** A PNG with bytes after its end. */
const padded = async (size: number) => Buffer.concat([await uniqueImage()], size)
