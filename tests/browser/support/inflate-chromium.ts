// Inflates Chromium, its libraries and fonts into the temporary folder, which is where their package puts everything:
// chromium-files.ts runs this with a TMPDIR of its own.
import { fileURLToPath } from 'node:url'
import sparticuz, { inflate } from '@sparticuz/chromium'

await sparticuz.executablePath()
await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))))
