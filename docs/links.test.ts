import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '..')

/** What is in the repository, and what is about to be. */
const FILES = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)))

/** Every file and folder; folders without a slash at their end. */
const PATHS = new Set(FILES.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))))
const TOP = new Set([...PATHS].filter((path) => !path.includes('/')))
const TESTS = new Set(FILES.map((file) => /^tests\/integration\/.*?([^/]+)\.test\.ts$/.exec(file)?.[1]).filter(Boolean))

const documents = FILES.filter((file) => file.endsWith('.md')).map((name) => ({
  name,
  text: readFileSync(join(ROOT, name), 'utf8'),
}))

/** Without blocks of code. */
const prose = (text: string) => text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '')

function linksOf(text: string): string[] {
  const markdown = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  const html = [...text.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map(([, target = '']) => target)
  return [...markdown, ...html].filter((target) => !/^[a-z]+:/.test(target))
}

/** The fragments of a document's headings, as GitHub makes them. */
function anchorsOf(name: string): string[] {
  const text = documents.find((document) => document.name === name)?.text ?? ''
  return [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function resolves(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? from : normalize(join(dirname(from), path)).replace(/\/$/, '')
  return PATHS.has(file) && (anchor === undefined || anchorsOf(file).includes(anchor))
}

/** Words in backticks. */
const quotedIn = (text: string) => [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted)

/** Paths from the root of the repository; patterns, placeholders, commands and URLs are none. */
function pathsIn(text: string): string[] {
  return quotedIn(text).filter((quoted) => {
    const [top = ''] = quoted.split('/')
    return /^[\w./@-]+$/.test(quoted) && (TOP.has(top) || /^[\w.-]+\.(md|toml)$/.test(quoted))
  })
}

describe.each(documents)('$name', ({ name, text }) => {
  test('has links that lead somewhere', () => {
    expect(linksOf(text).filter((target) => !resolves(name, target))).toEqual([])
  })

  test('names files and folders that exist', () => {
    expect(pathsIn(text).filter((path) => !PATHS.has(path.replace(/\/$/, '')))).toEqual([])
  })

  test('names commands that package.json has', () => {
    const commands = [...text.matchAll(/npm run ([a-z][\w:-]*\w)(?![\w:*-])/g)].map(([, command = '']) => command)
    expect(commands.filter((command) => !Object.hasOwn(packageJson.scripts, command))).toEqual([])
  })
})

test('each test that docs/security.md names exists', () => {
  const { text = '' } = documents.find(({ name }) => name === 'docs/security.md') ?? {}
  const rows = text.split('\n').filter((line) => /^\| (?!---|promise)/.test(line))
  const names = rows.flatMap((row) => quotedIn(row.split(' | ').at(-1) ?? '')).filter((name) => /^[a-z-]+$/.test(name))
  expect(names.length).toBeGreaterThan(50)
  expect(names.filter((name) => !TESTS.has(name))).toEqual([])
})

test('decision records have numbers of their own, and one form', () => {
  const records = documents.filter(({ name }) => name.startsWith('docs/decisions/'))
  const numbers = records.map(({ name }) => Number(basename(name).slice(0, 4)))
  expect(numbers.length).toBeGreaterThan(50)
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const [at, { name, text }] of records.entries()) {
    expect(text, name).toMatch(new RegExp(`^# ${numbers[at]}\\. .+\n\n\\d{4}-\\d\\d-\\d\\d · (accepted|superseded)`))
    expect(
      [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      name,
    ).toEqual(expect.arrayContaining(['Context', 'Decision', 'Consequences']))
  }
})
