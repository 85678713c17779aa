import type { Parameters, ReadFunction, WriteFunction } from '../../worker/db/query.ts'

/** Declares a read by its SQL text, for tests that have tables of their own. */
export const readStatement = <const P extends Parameters, Row>(
  declared: Pick<ReadFunction<P, Row>, 'name' | 'text' | 'params' | 'row'> & { requiresViewer?: boolean },
): ReadFunction<P, Row> => ({ requiresViewer: false, ...declared, kind: 'read' })
/** Declares a write by its SQL text. */
export const writeStatement = <const P extends Parameters, Row>(
  declared: Pick<WriteFunction<P, Row>, 'name' | 'text' | 'params' | 'row'>,
): WriteFunction<P, Row> => ({ requiresViewer: false, ...declared, kind: 'write' })
