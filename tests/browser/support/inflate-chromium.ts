// Inflates Chromium with its libraries and fonts. The package writes to the temporary folder, so chromium-files.ts
// runs this in a process with its own TMPDIR.
import { fileURLToPath } from 'node:url'
import sparticuz, { inflate } from '@sparticuz/chromium'

await sparticuz.executablePath()
await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))))
