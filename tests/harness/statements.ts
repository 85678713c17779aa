import type { Parameters, ReadFunction, WriteFunction } from '../../worker/db/query.ts'

/** A statement in the place of a function's call: the tests have functions and tables of their own. */
export const readStatement = <const P extends Parameters, Row>(
  declared: Pick<ReadFunction<P, Row>, 'name' | 'text' | 'params' | 'row'> & { requiresViewer?: boolean },
): ReadFunction<P, Row> => ({ requiresViewer: false, ...declared, kind: 'read' })
export const writeStatement = <const P extends Parameters, Row>(
  declared: Pick<WriteFunction<P, Row>, 'name' | 'text' | 'params' | 'row'>,
): WriteFunction<P, Row> => ({ requiresViewer: false, ...declared, kind: 'write' })
