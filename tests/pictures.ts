import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const canvas = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 90, b: 20 } } })

/** Real pictures, by type; the JPEG carries a secret in its EXIF. */
export const picture = {
  png: () => canvas().png().toBuffer(),
  jpeg: () =>
    canvas()
      .withExif({ IFD0: { Copyright: 'a secret place' } })
      .jpeg()
      .toBuffer(),
  webp: () => canvas().webp().toBuffer(),
  gif: () => canvas().gif().toBuffer(),
}

/** A GIF of two frames: red, then blue. */
export async function twoFrames(): Promise<Buffer> {
  const frames = ['#ff0000', '#0000ff'].map((background) =>
    sharp({ create: { width: 32, height: 32, channels: 3, background } })
      .png()
      .toBuffer(),
  )
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer()
}

/** A picture like no other, and so with a key like no other. */
export const anyPicture = () =>
  sharp(crypto.getRandomValues(new Uint8Array(8 * 8 * 3)), { raw: { width: 8, height: 8, channels: 3 } })
    .png()
    .toBuffer()

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(8 + body.length)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), 4 + body.length)
  return whole
}

/** A PNG of few bytes that says to be this large; one of its rows is there. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  const rows = deflateSync(Buffer.alloc(width + 1))
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}
