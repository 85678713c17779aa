import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { imageKeys, postImages, uploads } from '../../support/actors/images.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { withJpegComment, withPngText } from '../../support/fixtures/image-metadata.ts'

const site = await openSite({ liftLimits: true })

/** What the sample files tell about who took them, and where. */
const SECRETS = ['Secretcam', 'my secret comment', 'Secret Street', '52.5243', 'GPS']

const photo = () => sharp({ create: { width: 400, height: 300, channels: 3, background: { r: 20, g: 90, b: 160 } } })
const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/"
  exif:GPSLatitude="52.5243" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:rights="Secret Street 1"/></rdf:RDF></x:xmpmeta>
  <?xpacket end="w"?>`
const tagged = () =>
  photo()
    .withExif({
      IFD0: { Make: 'Secretcam', ImageDescription: 'my secret comment' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 27/1', GPSAreaInformation: 'Secret Street' },
    })
    .withXmp(XMP)

const SAMPLES: Record<string, () => Promise<Buffer>> = {
  JPEG: async () => withJpegComment(await tagged().jpeg().toBuffer(), 'my secret comment'),
  PNG: async () => withPngText(await tagged().png().toBuffer(), 'Comment', 'my secret comment'),
  WebP: () => tagged().webp().toBuffer(),
  AVIF: () => tagged().avif({ effort: 0 }).toBuffer(),
}

/** The names of a WebP file's chunks: https://developers.google.com/speed/webp/docs/riff_container. */
function chunksOf(webp: Buffer): string[] {
  const names: string[] = []
  for (let at = 12; at < webp.length; at += 8 + webp.readUInt32LE(at + 4) + (webp.readUInt32LE(at + 4) % 2))
    names.push(webp.toString('latin1', at, at + 4))
  return names
}

test.each(Object.entries(SAMPLES))(
  'no object and no answer has what a %s tells of place, camera and author',
  async (_, make) => {
    const bytes = await make()
    expect(SECRETS.filter((secret) => bytes.includes(secret)).length).toBeGreaterThan(0)
    const [anna] = await users(site, 'anna')
    const uploaded = await uploads(anna, bytes)
    const activity = expectStatus(await postImages(anna, [uploaded.uuid], 'a blue square'), 201).body
    const visitor = site.actors.visitor()
    const page = `/@${anna.handle}/status/${activity.uuid}`
    const reads = [`/api/activities/${activity.uuid}`, page, `${page}/photo/1`, '/api/activities/everyone']
    const answers = await Promise.all(reads.map((path) => visitor.visits(path)))
    const texts = [uploaded, activity, ...answers.map(({ text, headers }) => [text, [...headers]])].map((all) =>
      Buffer.from(JSON.stringify(all)),
    )
    const placeholder = Buffer.from(uploaded.placeholder.split(',')[1] ?? '', 'base64')
    const keys = await imageKeys(site)
    expect(keys).toContain(`images/${uploaded.uuid}`)
    const objects = await Promise.all(keys.map((key) => site.workerd.readObject('AVATARS', key)))
    for (const image of [placeholder, ...objects]) {
      for (const chunk of chunksOf(image)) expect(['VP8 ', 'VP8L', 'VP8X', 'ALPH']).toContain(chunk)
      const { exif, xmp, iptc, icc } = await sharp(image).metadata()
      expect({ exif, xmp, iptc, icc }).toEqual({})
    }
    for (const text of [...texts, placeholder, ...objects]) {
      for (const secret of SECRETS) expect(text.includes(secret), secret).toBe(false)
    }
  },
)
