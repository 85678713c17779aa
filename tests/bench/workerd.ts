import { type Deployed, startWorkerd, type Workerd, type WorkerdOptions } from '../harness/workerd.ts'
import { descendantsOf } from './processes.ts'

/** A workerd of which the system can be asked what it uses. */
export type MeasuredWorkerd = Workerd & { pid: number }

/** Starts Workers side by side in one workerd, without limits that one person would reach. */
export async function startMeasuredWorkerd(
  deployed: Deployed[],
  options: Omit<WorkerdOptions, 'liftLimits'> = {},
): Promise<MeasuredWorkerd> {
  const before = new Set(descendantsOf(process.pid))
  const workerd = await startWorkerd(deployed, { ...options, liftLimits: true })
  const pid = descendantsOf(process.pid).find((child) => !before.has(child))
  if (pid === undefined) throw new Error('workerd did not start.')
  return { ...workerd, pid }
}
