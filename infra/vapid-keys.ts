// `npm run vapid:keys`: prints a new key pair for push services. Set both as secrets: docs/operating.md.
import { generateVapidKeys } from '../local/vapid-keys.ts'

for (const [name, value] of Object.entries(generateVapidKeys())) console.log(`${name}=${value}`)
