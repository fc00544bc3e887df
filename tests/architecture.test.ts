import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)
const CONFIG = path.join(ROOT, '.dependency-cruiser.cjs')
const CRUISER = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')

type Violation = { from: string, to: string, rule: { name: string } }

const violationsIn = (folder: string): string[] => {
  const { stdout, stderr } = spawnSync(process.execPath, [CRUISER, '--config', CONFIG, '--output-type', 'json', '.'], {
    cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000,
  })
  if (!stdout) throw new Error(stderr)
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } }
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
}

/** For each rule a file that breaks it, in a project made up for the purpose. Paths are imported from the root of that project. */
const BREACHES: Record<string, { file: string, imports: string[] }> = {
  'no-circular': { file: 'lib/jobs/one.ts', imports: ['lib/jobs/two.ts'] },
  'nothing-unresolved': { file: 'lib/jobs/lost.ts', imports: ['lib/jobs/nowhere.ts'] },
  'no-undeclared-packages': { file: 'lib/jobs/stray.ts', imports: ['stray'] },
  'production-needs-no-dev-packages': { file: 'lib/jobs/tested.ts', imports: ['vitest'] },
  'no-dead-files': { file: 'lib/schedule/input.ts', imports: ['zod'] },
  'not-to-tests': { file: 'lib/jobs/borrowed.ts', imports: ['tests/factories.ts'] },
  'lib-not-to-app': { file: 'lib/jobs/upwards.ts', imports: ['app/ui/button.tsx'] },
  'app-not-to-database': { file: 'app/(public)/register/page.tsx', imports: ['lib/db/client.ts'] },
  'app-meets-lib-at-its-door': { file: 'app/(workspace)/inbox/page.tsx', imports: ['lib/alerts/deliver.ts'] },
  'ui-knows-no-domain': { file: 'app/ui/badge.tsx', imports: ['lib/filings/rules.ts'] },
  'screens-do-not-import-screens': { file: 'app/(workspace)/home/page.tsx', imports: ['app/(workspace)/inbox/list.tsx'] },
  'pure-files-do-no-io': { file: 'lib/filings/kinds/deployment.ts', imports: ['lib/shared/env.ts'] },
  'only-db-opens-connections': { file: 'lib/users/connect.ts', imports: ['postgres'] },
  'modules-meet-at-four-files': { file: 'lib/verification/sign.ts', imports: ['lib/alerts/deliver.ts'] },
  'log-and-audit-know-no-domain': { file: 'lib/audit/record.ts', imports: ['lib/filings/rules.ts'] },
  'operations-are-guarded': { file: 'lib/schedule/commands.ts', imports: ['lib/shared/errors.ts'] },
}

const BYSTANDERS = [
  'lib/db/client.ts', 'lib/alerts/deliver.ts', 'lib/filings/rules.ts', 'lib/shared/env.ts', 'lib/shared/errors.ts', 'lib/auth/guard.ts',
  'app/ui/button.tsx', 'app/(workspace)/inbox/list.tsx', 'tests/factories.ts',
]
const KEEPING_THE_RULES: [string, string[]][] = [
  ['lib/jobs/two.ts', ['lib/jobs/one.ts']],
  ['lib/filings/queries.ts', ['lib/auth/guard.ts', 'lib/filings/rules.ts', 'lib/db/client.ts']],
  ['lib/filings/input.ts', ['zod', 'lib/filings/rules.ts', 'node:crypto']],
  ['app/(workspace)/inbox/new/page.tsx', ['app/(workspace)/inbox/list.tsx', 'lib/filings/queries.ts', 'lib/filings/input.ts']],
]

const write = (root: string, file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

const specifier = (from: string, to: string): string => {
  if (!to.includes('/') || to.startsWith('node:')) return to
  const relative = path.posix.relative(path.posix.dirname(from), to)
  return relative.startsWith('.') ? relative : `./${relative}`
}

const madeUpProject = (): string => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'batp-architecture-'))
  const source = (file: string, imports: string[]) => {
    const lines = imports.map((to, index) => `import { a as a${index} } from '${specifier(file, to)}'`)
    write(root, file, [...lines, 'export const a = 1'].join('\n'))
  }
  write(root, 'package.json', JSON.stringify({ dependencies: { zod: '1', postgres: '1' }, devDependencies: { vitest: '1' } }))
  write(root, 'tsconfig.json', JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true, noEmit: true } }))
  for (const name of ['zod', 'postgres', 'vitest', 'stray']) {
    write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(root, `node_modules/${name}/index.js`, 'exports.a = 1')
  }
  for (const file of BYSTANDERS) source(file, [])
  for (const [file, imports] of KEEPING_THE_RULES) source(file, imports)
  for (const { file, imports } of Object.values(BREACHES)) source(file, imports)
  const alive = [...BYSTANDERS, ...KEEPING_THE_RULES.map(([file]) => file), ...Object.values(BREACHES).map(({ file }) => file)]
    .filter(file => /^(lib|app\/ui)\//.test(file) && file !== BREACHES['no-dead-files']?.file)
  source('scripts/start.ts', alive)
  return root
}

describe('the import rules', () => {
  const { forbidden, required } = createRequire(import.meta.url)(CONFIG) as Record<'forbidden' | 'required', { name: string }[]>
  const project = madeUpProject()
  afterAll(() => rmSync(project, { recursive: true }))
  const found = violationsIn(project)

  test.each([...forbidden, ...required].map(({ name }) => name))('%s bites', name => {
    expect(found).toContain(`${name}: ${BREACHES[name]?.file}`)
  })

  test('leave alone what keeps them', () => {
    const kept = [...BYSTANDERS, ...KEEPING_THE_RULES.map(([file]) => file)].filter(file => file !== 'lib/jobs/two.ts')
    expect(found.filter(line => kept.some(file => line.endsWith(`: ${file}`)))).toEqual([])
  })
})

const filesUnder = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ts|tsx|mjs|cjs|js)$/.test(entry.name))
    .map(entry => path.relative(ROOT, path.join(entry.parentPath, entry.name)))

const SHIPPED = ['app', 'lib'].flatMap(filesUnder)
const EVERYTHING = [...SHIPPED, ...['scripts', 'tests', 'e2e', 'bench'].flatMap(filesUnder)]
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const linesOf = (file: string): number => read(file).trimEnd().split('\n').length

type Locked = { version: string, optional?: boolean, optionalDependencies?: Record<string, string> }

test('the lock file names every optional package of every platform: npm ci refuses one that does not', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
  const missing = Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) => Object.keys(optionalDependencies)
    .filter(name => !packages[`${parent}/node_modules/${name}`] && !packages[`node_modules/${name}`]))
  expect(missing).toEqual([])
})

describe('sizes', () => {
  test('no file passes 300 lines: split by noun or by fact (the schema and a journey are one file on purpose)', () => {
    expect(EVERYTHING.filter(file => linesOf(file) > 300 && file !== 'lib/db/schema.ts' && !file.startsWith('e2e/'))).toEqual([])
  })

  test('no page passes 120 lines', () => {
    expect(SHIPPED.filter(file => file.endsWith('/page.tsx') && linesOf(file) > 120)).toEqual([])
  })

  test('there are no barrels and no drawers', () => {
    expect(SHIPPED.filter(file => /(^|\/)(index\.tsx?|utils?|helpers?)(\/|\.|$)/.test(file))).toEqual([])
  })
})

/** What no line may say: the pattern, an example that it must catch, and the one place where it belongs. */
const BANNED: { what: string, pattern: RegExp, example: string, except?: RegExp }[] = [
  {
    what: 'settings are read in one place',
    pattern: /process\.env|\benv\b.*'node:process'/, example: 'process.env.PORT', except: /^lib\/shared\/env\.ts$/,
  },
  { what: 'chance is cryptographic', pattern: /Math\.random/, example: 'Math.random()' },
  {
    what: 'SQL is not put together from text',
    pattern: /\bsql\.raw\(\s*`|\bsql\.raw\(.*\+|\.unsafe\(/, example: 'sql.raw(`drop ${name}`)', except: /^lib\/db\//,
  },
  {
    what: 'HTML is not put together from text',
    pattern: /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=/, example: 'box.innerHTML = name',
  },
  { what: 'no other program is run', pattern: /child_process/, example: "import { exec } from 'node:child_process'" },
  {
    what: 'AppError is the only class',
    pattern: /^\s*(export )?(default )?(abstract )?class \w[^;]*\{/, example: 'class Service {', except: /^lib\/shared\/errors\.ts$/,
  },
  { what: 'Kosovo* carries its asterisk', pattern: /\bKosovo\b(?!\*| [Dd]eclaration of)/, example: "'Kosovo'" },
]

describe.each(BANNED)('$what', ({ pattern, example, except }) => {
  test('and the check bites', () => {
    expect(example).toMatch(pattern)
  })

  test('in every line of app/ and lib/', () => {
    const found = SHIPPED.filter(file => !except?.test(file))
      .flatMap(file => read(file).split('\n').flatMap((line, index) => pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []))
    expect(found).toEqual([])
  })
})
