import { wrapWorker } from './wrap-worker.ts'

/**
 * How all Durable Objects fail: `down` and `over-limit` throw at once, `slow` never answer, `unbound` are not there. A request with
 * this header sets it for all later ones.
 */
export type SocketFault = 'none' | 'down' | 'over-limit' | 'slow' | 'unbound'
export const SOCKET_FAULT_HEADER = 'x-test-sockets'

const WRAPPER = `
let fault = 'none'
const failing = {
  down: async () => { throw new Error('Durable Object reset because its code was updated.') },
  'over-limit': async () => { throw Object.assign(new Error('Durable Object is overloaded. Too many requests queued.'), { overloaded: true }) },
  slow: () => new Promise(() => {}),
}
const faultyStub = () => new Proxy({}, { get: () => failing[fault] })

const withFaults = (site) => ({
  ...site,
  fetch(request, env, execution) {
    fault = request.headers.get('${SOCKET_FAULT_HEADER}') ?? fault
    const { USER_SOCKETS, ...others } = env
    const faulty = fault === 'none' ? env : fault === 'unbound' ? others : { ...others, USER_SOCKETS: { getByName: faultyStub } }
    return site.fetch(request, faulty, execution)
  },
})
`

/** Copies the built Worker and makes its Durable Objects fail on demand; returns the folder. */
export const makeFaultySocketsWorker = (workerDir: string): Promise<string> => wrapWorker(workerDir, WRAPPER)
