import { renderStyleguide, STYLEGUIDE } from '../client/styleguide/render.tsx'
import { styleguideSheet } from '../client/styleguide/sheet.ts'
import sheet from '../dist/client/.vite/full-sheet.json'
import worker, { UserSockets } from './index.ts'
import { documentPolicy } from './middleware/security-headers.ts'
import { assetsOf } from './page-assets.ts'

export { UserSockets }

/** Entry of the Worker for `npm start`: the site and the styleguide. The deployed Worker's entry is index.ts. */
export default {
  ...worker,
  async fetch(...args: Parameters<typeof worker.fetch>): Promise<Response> {
    const [request] = args
    const { pathname } = new URL(request.url)
    if (!Object.values(STYLEGUIDE).includes(pathname)) return worker.fetch(...args)
    const assets = { ...assetsOf(undefined), css: sheet.css }
    const answer = (type: string, body: string) =>
      new Response(body, {
        headers: {
          'content-type': `${type}; charset=utf-8`,
          'cache-control': 'no-store',
          'content-security-policy': documentPolicy({ sheetHash: sheet.hash }),
        },
      })
    if (pathname === STYLEGUIDE.sheet) return answer('text/css', styleguideSheet(assets.css))
    return answer('text/html', await renderStyleguide({ request, assets, now: Date.now() }))
  },
}
