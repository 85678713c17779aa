import { commandLine } from '../../local/process-identity.ts'
import { startWorkerd, type WorkerBundle, type Workerd, type WorkerdOptions } from '../harness/workerd.ts'
import { descendantsOf } from './processes.ts'

/** A workerd with its process id, by which its CPU and memory are measured. */
export type MeasuredWorkerd = Workerd & { pid: number }

/** Starts Workers side by side in one workerd, without rate limits, which a single client would reach. */
export async function startMeasuredWorkerd(
  deployed: WorkerBundle[],
  options: Omit<WorkerdOptions, 'liftLimits'> = {},
): Promise<MeasuredWorkerd> {
  const before = new Set(descendantsOf(process.pid))
  const workerd = await startWorkerd(deployed, { ...options, liftLimits: true })
  // Postgres may have started processes meanwhile, too.
  const pid = descendantsOf(process.pid).find(
    (child) => !before.has(child) && /\bworkerd serve\b/.test(commandLine(child)),
  )
  if (pid === undefined) throw new Error('workerd did not start.')
  return { ...workerd, pid }
}
