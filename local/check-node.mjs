// Loaded before anything else (`node --import ./local/check-node.mjs …`), so it must parse and run on old
// versions of Node too: no TypeScript, no new syntax.
const [major, minor] = process.versions.node.split('.').map(Number)
// 22.18 is the first version that runs TypeScript files without a flag; wrangler needs 22.12.
const isNewEnough = major > 22 || (major === 22 && minor >= 18)
if (!isNewEnough) {
  console.error(
    'Cruddur needs Node 22.18 or newer, this is ' +
      process.versions.node +
      ': start it through npm (`npm start`), which uses the Node of the project once `npm ci` has run with ' +
      'install scripts allowed.',
  )
  process.exit(1)
}
