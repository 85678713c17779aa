/** Results of a section. */
export type Report = {
  tables: Table[]
  /** The budgets that the section checks. */
  budgets?: Budget[]
}

export type Table = {
  title: string
  columns: string[]
  /** Texts and numbers. Numbers are written as by `writeNumber`, null as a dash. */
  rows: (string | number | null)[][]
  /** Limits of the figures, one sentence each. */
  notes?: string[]
}

/** A bound for a measured value, in the same unit. */
export type Budget = {
  what: string
  bound: number
  measured: number
  /** `ms`, `KB`, `×`, `%`, or nothing for a count. */
  unit: string
  /** The bound is a minimum, not a maximum. */
  atLeast?: boolean
}

export const isMet = ({ bound, measured, atLeast = false }: Budget): boolean =>
  atLeast ? measured >= bound : measured <= bound

/** The tables of a report in Markdown, which is readable in a terminal too. */
export function writeTables({ tables }: Report): string {
  return tables.map(writeTable).join('\n\n')
}

function writeTable({ title, columns, rows, notes = [] }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(writeCell))]
  const widths = columns.map((_, index) => Math.max(3, ...cells.map((line) => line[index]?.length ?? 0)))
  const isNumeric = columns.map((_, index) => rows.length > 0 && rows.every((row) => typeof row[index] !== 'string'))
  const line = (texts: string[]) => `| ${texts.join(' | ')} |`
  const [head = '', ...body] = cells.map((texts) =>
    line(widths.map((width, index) => pad(texts[index] ?? '', width, isNumeric[index] ?? false))),
  )
  const rule = line(widths.map((width, index) => (isNumeric[index] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))))
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

/** Three significant digits, four for hundreds, and never an exponent. */
export function writeNumber(value: number): string {
  if (Number.isInteger(value)) return String(value)
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  const digits = magnitude >= 3 ? 0 : Math.min(3, Math.max(1, 2 - magnitude))
  return value.toFixed(digits)
}

/** All budgets of a run, with bound, measured value, and met or missed. */
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

/** Budgets and tables of a run in Markdown, for a pull request; the tables are folded. */
export function writeSummary(reports: Report[]): string {
  const budgets = reports.flatMap((report) => report.budgets ?? [])
  const missed = budgets.filter((budget) => !isMet(budget)).length
  return [
    missed === 0 ? 'All budgets are met.' : `${missed} of ${budgets.length} budgets are missed.`,
    ...(budgets.length > 0 ? [writeBudgets(budgets)] : []),
    '<details><summary>Measurements: times depend on the machine, bytes and round trips do not</summary>',
    ...reports.map(writeTables),
    '</details>',
  ].join('\n\n')
}
