// The public types of each package, beside it in api.md, made by API Extractor from what is built. Another type than the
// one that stands there fails, with the difference, until somebody has looked and accepts it: then it is written anew.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { report } from './lib/report.mjs'
import { run } from './lib/run.mjs'
import { publishedPackages, root } from './lib/workspace.mjs'

const REPORT = 'api.md'
const ACCEPT = 'npm run api:accept'

const folder = mkdtempSync(join(tmpdir(), 'countersign-api-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const packages = publishedPackages()
  .map((one) => ({ ...one, entries: entriesOf(one) }))
  .filter(({ entries }) => entries.length > 0)
const files = packages.flatMap(({ entries }) => entries.map(({ file }) => file))
let compilerState

const problems = []
for (const one of packages) {
  const committed = join(one.path, REPORT)
  const text = reportOf(one)
  if (process.argv.includes('--accept')) writeFileSync(committed, text)
  else problems.push(...(await difference(committed, text, one)))
}
report('api-reports', problems, `${files.length} entry points in ${packages.length} packages, as accepted`)

/** The declarations of a package's entries, by the names that users import. */
function entriesOf({ name, path, manifest }) {
  return Object.entries(manifest.exports)
    .map(([subpath, target]) => ({ title: name + subpath.slice(1), types: target.import?.types }))
    .filter(({ types }) => types !== undefined)
    .map(({ title, types }) => ({ title, file: join(path, types) }))
}

function reportOf({ name, path, entries }) {
  const sections = entries.map(({ title, file }) => `## \`${title}\`\n\n${typesOf(path, file)}`)
  const preface = `The public types of this package. Made by API Extractor, and accepted with \`${ACCEPT}\`: not to be edited.`
  return `${[`# ${name}`, preface, ...sections].join('\n\n')}\n`
}

/** The block of code in the report of one entry. */
function typesOf(projectFolder, file) {
  const config = configOf(projectFolder, file)
  // One program for all entries reads what they share once.
  compilerState ??= CompilerState.create(config, { additionalEntryPoints: files })
  const messageCallback = (message) => {
    if (message.logLevel === 'error' || message.logLevel === 'warning')
      problems.push(message.formatMessageWithLocation())
    message.handled = true
  }
  Extractor.invoke(config, { compilerState, localBuild: true, messageCallback })
  const [, code] = /^```ts\n([\s\S]*)^```$/m.exec(readFileSync(join(folder, `${basename(file)}.api.md`), 'utf8'))
  return `\`\`\`ts\n${withoutRemarks(code)}\n\`\`\``
}

/** What is said of a type is no type: comments within one, and the marks of API Extractor's own. */
function withoutRemarks(code) {
  const lines = code.replace(/\/\*[\s\S]*?\*\//g, '').split('\n')
  const kept = lines.filter(
    (line) => !/^\s*\/\/ (@public|\(undocumented\)|\(No @packageDocumentation|Warning: )/.test(line),
  )
  return kept
    .join('\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function configOf(projectFolder, file) {
  const logLevel = 'none'
  return ExtractorConfig.prepare({
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: file,
      compiler: {
        overrideTsconfig: {
          files: [file],
          compilerOptions: { lib: ['ES2022'], module: 'nodenext', types: ['node'], strict: true, skipLibCheck: true },
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: basename(file),
        reportFolder: folder,
        reportTempFolder: folder,
        // A public type is also what it is made of.
        includeForgottenExports: true,
      },
      newlineKind: 'lf',
      ...{ docModel: { enabled: false }, dtsRollup: { enabled: false }, tsdocMetadata: { enabled: false } },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: { default: { logLevel } },
        tsdocMessageReporting: { default: { logLevel } },
      },
    },
  })
}

async function difference(committed, text, { folder: name }) {
  if (!existsSync(committed)) return [`packages/${name} has no ${REPORT}. Write it with: ${ACCEPT}`]
  if (readFileSync(committed, 'utf8') === text) return []
  const made = join(folder, REPORT)
  writeFileSync(made, text)
  const { stdout } = await run('git', ['diff', '--no-index', '--no-color', committed, made], { cwd: root })
  const [, lines = stdout] = /^\+\+\+ .*\n([\s\S]*)/m.exec(stdout) ?? []
  return [
    `packages/${name}: its public types are not those of its ${REPORT}. If they are meant so: ${ACCEPT}\n${lines}`,
  ]
}
