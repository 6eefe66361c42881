// The reference of all published packages, made by typedoc from their sources. A public symbol without a word about it
// fails, as does a link that leads nowhere, or a type that is mentioned and not exported. With --write it leaves the pages
// in .ci/.docs; without, it only looks.
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application } from 'typedoc'
import { publishedPackages, root } from './checks/lib/workspace.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const OUTPUT = join(here, '.docs')

/** The core first: what adapters export again is then described where it comes from, and they refer to it. */
const packages = publishedPackages().sort((one, other) => (other.folder === 'core') - (one.folder === 'core'))
const entries = packages.flatMap(({ name, path, manifest }) =>
  Object.entries(manifest.exports)
    .map(([subpath, target]) => ({ name: name + subpath.slice(1), file: target['countersign-source'] }))
    .filter(({ file }) => file?.endsWith('.ts'))
    .map(({ name, file }) => ({ name, file: join(path, file) })),
)
const guides = [
  ...packages.map(({ folder, path }) => ({ name: `Guide: ${folder}`, file: join(path, 'README.md') })),
  { name: 'Security', file: join(root, 'SECURITY.md') },
  { name: 'Contributing', file: join(root, 'CONTRIBUTING.md') },
]

/** Mentioned by what is public, and of no use by themselves. */
const NOT_EXPORTED = {
  // What an event's type is inferred from: the type shows it.
  '@countersign/autify': ['testCaseResult', 'testPlanResult', 'unlistedEvent'],
  '@countersign/global-commerce': ['eventTypes', 'knownEvent', 'unlistedEvent'],
  // The web's types, where a project has them; and abbreviations within one declaration.
  '@countersign/core': ['Signal'],
  '@countersign/http': ['Global', 'Fields', 'Tenant', 'Routed', 'Used'],
}

const app = await Application.bootstrap({
  name: 'Countersign',
  readme: join(root, 'README.md'),
  entryPoints: entries.map(({ file }) => file),
  projectDocuments: guides.map(({ file }) => file),
  tsconfig: join(here, 'docs.tsconfig.json'),
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  packagesRequiringDocumentation: packages.map(({ name }) => name),
  // Each package is asked about what it mentions of its own; see below.
  validation: { notExported: false, notDocumented: true, invalidLink: true, invalidPath: false },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  // Pages are the same whenever, and wherever, they are made.
  hideGenerator: true,
  disableGit: true,
  sourceLinkTemplate: 'https://github.com/countersign/countersign/blob/main/{path}#L{line}',
  gitRevision: 'main',
  basePath: root,
  alwaysCreateEntryPointModule: true,
  highlightLanguages: ['js', 'ts', 'tsx', 'json', 'sh', 'console', 'sql', 'html', 'python'],
  navigation: { includeFolders: false },
  logLevel: 'Warn',
})
const project = await app.convert()
if (project === undefined) process.exit(1)
nameAll(project.children, entries)
nameAll(project.documents, guides)
app.validate(project)
requireExports()

const isWritten = process.argv.includes('--write')
if (isWritten) await app.generateDocs(project, OUTPUT)
if (app.logger.hasErrors() || app.logger.hasWarnings()) {
  console.log('docs: say there what it means, in which unit, and with which codes it throws; export what is mentioned')
  process.exitCode = 1
} else {
  const where = isWritten ? `; begin at ${relative(root, join(OUTPUT, 'index.html'))}` : ''
  console.log(`docs: ${entries.length} entry points, every public symbol described${where}`)
}

/** By the names that users import, and not by the files' paths. */
function nameAll(reflections, named) {
  for (const reflection of reflections) {
    const [source] = reflection.sources ?? []
    const file = source?.fullFileName ?? project.files.getReflectionPath(reflection)
    reflection.name = named.find((one) => one.file === file).name
  }
}

/** typedoc asks about one package, the project's own: so each of ours is that for a moment. */
function requireExports() {
  app.options.setValue('validation', { notExported: true, notDocumented: false, invalidLink: false })
  for (const { name } of packages) {
    project.packageName = name
    app.options.setValue('intentionallyNotExported', NOT_EXPORTED[name] ?? [])
    app.validate(project)
  }
  project.packageName = undefined
}
