import type { Site } from '../../harness/site.ts'
import { findTextInTables } from './find-text-in-tables.ts'

/** Returns a word as it may be stored: plain, in hex, and in base64 at each of the three offsets. */
function encodingsOf(word: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) =>
    // Without the first and last characters, which depend on what is around the word.
    Buffer.from(' '.repeat(offset) + word)
      .toString('base64')
      .slice(offset === 0 ? 0 : offset + 1)
      .replace(/.{1,2}=*$/, ''),
  )
  return [word, Buffer.from(word).toString('hex'), ...inBase64]
}

/** Returns where one of the words still is: tables, objects of the bucket, the Worker's log. */
export async function findResidue({ db, workerd, log }: Site, words: string[]): Promise<string[]> {
  const encoded = words.flatMap(encodingsOf)
  const holdsWord = (text: string) => encoded.some((word) => text.includes(word))
  const tables = Object.keys(await findTextInTables(db, encoded))
  const keys = await workerd.listKeys('AVATARS')
  const objects = await Promise.all(
    keys.map(async (key) => (holdsWord((await workerd.readObject('AVATARS', key)).toString('latin1')) ? [key] : [])),
  )
  return [...tables, ...objects.flat(), ...(holdsWord(log.join('\n')) ? ['log'] : [])]
}
