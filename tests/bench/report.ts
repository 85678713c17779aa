/** What a section has measured. */
export type Report = {
  tables: Table[]
  /** The budgets that it answers for. */
  budgets?: Budget[]
}

export type Table = {
  title: string
  columns: string[]
  /** Texts and numbers; a number is written with as many digits as it deserves, null as a dash. */
  rows: (string | number | null)[][]
  /** What limits the figures, one sentence each. */
  notes?: string[]
}

/** A bound that a figure must keep, in the same unit. */
export type Budget = {
  what: string
  bound: number
  measured: number
  /** `ms`, `KB`, `×`, `%`, or nothing for a count. */
  unit: string
  /** The bound is a least, not a most. */
  atLeast?: boolean
}

export const isMet = ({ bound, measured, atLeast = false }: Budget): boolean =>
  atLeast ? measured >= bound : measured <= bound

/** Tables of a report in Markdown, which reads well in a terminal too. */
export function writeTables({ tables }: Report): string {
  return tables.map(writeTable).join('\n\n')
}

function writeTable({ title, columns, rows, notes = [] }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(writeCell))]
  const widths = columns.map((_, at) => Math.max(3, ...cells.map((line) => line[at]?.length ?? 0)))
  const isNumeric = columns.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] !== 'string'))
  const line = (texts: string[]) => `| ${texts.join(' | ')} |`
  const [head = '', ...body] = cells.map((texts) =>
    line(widths.map((width, at) => pad(texts[at] ?? '', width, isNumeric[at] ?? false))),
  )
  const rule = line(widths.map((width, at) => (isNumeric[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))))
  return [
    `**${title}**`,
    '',
    head,
    rule,
    ...body,
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
  ].join('\n')
}

const pad = (text: string, width: number, isNumeric: boolean) => (isNumeric ? text.padStart(width) : text.padEnd(width))

function writeCell(cell: string | number | null): string {
  if (cell === null) return '–'
  return typeof cell === 'string' ? cell : writeNumber(cell)
}

/** Three digits that mean something, of hundreds one more, and never an exponent. */
export function writeNumber(value: number): string {
  if (Number.isInteger(value)) return String(value)
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  const digits = magnitude >= 3 ? 0 : Math.min(3, Math.max(1, 2 - magnitude))
  return value.toFixed(digits)
}

/** All budgets of a run, each with its bound, what was measured, and whether it was kept. */
export function writeBudgets(budgets: Budget[]): string {
  const amount = (value: number, unit: string) => `${writeNumber(value)}${unit && ` ${unit}`}`
  const rows = budgets.map((budget) => [
    budget.what,
    `${budget.atLeast ? '≥' : '≤'} ${amount(budget.bound, budget.unit)}`,
    amount(budget.measured, budget.unit),
    isMet(budget) ? 'met' : 'MISSED',
  ])
  return writeTable({ title: 'Budgets', columns: ['what', 'bound', 'measured', ''], rows })
}

/** Budgets and tables of a run in Markdown, for a pull request: the tables are folded. */
export function writeSummary(reports: Report[]): string {
  const budgets = reports.flatMap((report) => report.budgets ?? [])
  const missed = budgets.filter((budget) => !isMet(budget)).length
  return [
    missed === 0 ? 'All budgets are met.' : `${missed} of ${budgets.length} budgets are missed.`,
    ...(budgets.length > 0 ? [writeBudgets(budgets)] : []),
    '<details><summary>What was measured: times depend on the machine, bytes and round trips do not</summary>',
    ...reports.map(writeTables),
    '</details>',
  ].join('\n\n')
}
