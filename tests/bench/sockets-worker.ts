import { openSocket } from '../../worker/live/nudge.ts'
import { UserSockets } from '../../worker/live/user-sockets.ts'

export { UserSockets }

/** The Durable Objects of the site without the site: `GET /?user=` opens a socket, `POST /?user=` nudges. */
export default {
  async fetch(request: Request, env: Pick<Cloudflare.Env, 'USER_SOCKETS'>): Promise<Response> {
    const user = new URL(request.url).searchParams.get('user') ?? ''
    if (request.method !== 'POST') return openSocket(env.USER_SOCKETS, user, 'hash')
    await env.USER_SOCKETS.getByName(user).nudge({ kind: 'notification' })
    return new Response(null, { status: 204 })
  },
}
