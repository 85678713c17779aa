import sharp from 'sharp'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Client } from '../../harness/client.ts'
import type { Bench } from '../bench.ts'
import { median } from '../median.ts'
import { type Paint, paintOf, warmUp } from '../paint-times.ts'
import type { Budget, Report } from '../report.ts'
import { SLOW_4G } from '../slow-phone.ts'

const ROUNDS = { quick: 3, full: 9 }

/** How much later than its bytes and a round trip explain an image may be painted. */
const TOLERANCE = 1.1

/** A thread with or without an image, and its loads so far. */
type Thread = { name: string; path: string; as: Client | undefined; loads: Paint[] }

/** The largest contentful paint of a thread with an image against the same without, on slow 4G. */
export async function imagePaint(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const { places } = await bench.stack()
  const writer = await bench.signIn(site, 'writer')
  const { uuid, url } = await upload(writer)
  const bytes = (await (await fetch(new URL(url, site))).arrayBuffer()).byteLength
  const paths = {
    'without an image': await post(writer, places.writer.handle, []),
    'with an image': await post(writer, places.writer.handle, [{ uuid, alt: 'A harbour at dusk' }]),
  }
  const threads = [undefined, writer].flatMap((as) =>
    Object.entries(paths).map(([name, path]): Thread => ({ name, path, as, loads: [] })),
  )
  for (const thread of threads) await warmUp({ site, ...thread })
  const browser = await launchChromium()
  try {
    for (let round = 0; round < (bench.quick ? ROUNDS.quick : ROUNDS.full); round += 1)
      for (const { path, as, loads } of threads) loads.push(await paintOf({ browser, site, path, as }))
  } finally {
    await browser.close()
  }
  const transfer = SLOW_4G.latency + (1_000 * bytes) / SLOW_4G.downloadThroughput
  return {
    tables: [
      {
        title: `LCP of a thread on slow 4G, with an image of ${Math.round(bytes / 1_000)} KB and without`,
        columns: ['thread', 'viewer', 'FCP ms', 'LCP ms'],
        rows: threads.map(({ name, as, loads }) => [
          name,
          as ? 'signed in' : 'signed out',
          Math.round(median(loads.map(({ first }) => first))),
          Math.round(median(loads.map(({ largest }) => largest))),
        ]),
      },
    ],
    budgets: [threads.slice(0, 2), threads.slice(2)].map(([without, withImage]) =>
      toBudget(without, withImage, transfer),
    ),
  }
}

/** The LCP without the image, a round trip and its bytes over the bandwidth, and 10 %. */
function toBudget(without: Thread | undefined, withImage: Thread | undefined, transfer: number): Budget {
  const largest = (thread: Thread | undefined) => median(thread?.loads.map((paint) => paint.largest) ?? [])
  return {
    what: `LCP of a thread with an image, signed ${withImage?.as ? 'in' : 'out'}`,
    bound: TOLERANCE * (largest(without) + transfer),
    measured: largest(withImage),
    unit: 'ms',
  }
}

/** Uploads an image that compresses like a photo: smooth colours with noise. */
async function upload(who: Client): Promise<{ uuid: string; url: string }> {
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
  const photo = await sharp({ create: { width: 1_280, height: 853, channels: 3, background: '#146', noise } })
    .jpeg()
    .toBuffer()
  const { status, body } = await who.send('POST', '/api/images', { 'content-type': 'image/jpeg' }, photo as BodyInit)
  if (status !== 201) throw new Error(`The upload was answered by ${status}`)
  return body
}

/** Posts an activity; returns the path of its page. */
async function post(who: Client, handle: string, images: { uuid: string; alt: string }[]): Promise<string> {
  const { status, body } = await who.post('/api/activities', { message: 'From the pier.', ttl: '1-hour', images })
  if (status !== 201) throw new Error(`The post was answered by ${status}`)
  return `/@${handle}/status/${body.uuid}`
}
