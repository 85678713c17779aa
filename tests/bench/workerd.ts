import { commandLine } from '../../local/process-identity.ts'
import { startWorkerd, type WorkerBundle, type Workerd, type WorkerdOptions } from '../harness/workerd.ts'
import { descendantsOf } from './processes.ts'

/** A workerd of which the system can be asked what it uses. */
export type MeasuredWorkerd = Workerd & { pid: number }

/** Starts Workers side by side in one workerd, without limits that one person would reach. */
export async function startMeasuredWorkerd(
  deployed: WorkerBundle[],
  options: Omit<WorkerdOptions, 'liftLimits'> = {},
): Promise<MeasuredWorkerd> {
  const before = new Set(descendantsOf(process.pid))
  const workerd = await startWorkerd(deployed, { ...options, liftLimits: true })
  // Postgres may have started a process of its own meanwhile.
  const pid = descendantsOf(process.pid).find(
    (child) => !before.has(child) && /\bworkerd serve\b/.test(commandLine(child)),
  )
  if (pid === undefined) throw new Error('workerd did not start.')
  return { ...workerd, pid }
}
