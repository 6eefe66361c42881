// Type-checks every package, sources and tests, and the TypeScript files outside of packages. Packages with the same
// options are one program, which reads what they share once; tsc in each of them takes four times as long.
import { join } from 'node:path'
import ts from 'typescript'
import { report } from './lib/report.mjs'
import { root, workspacePackages } from './lib/workspace.mjs'

const packages = workspacePackages()
const beside = [join(root, '.ci', 'runtimes', 'suite'), join(root, '.ci', 'fuzz')]
const folders = [...packages.map(({ path }) => path), ...beside]
const parsed = [
  ...folders.map((path) => parse(ts.readConfigFile(join(path, 'tsconfig.json'), ts.sys.readFile).config, path)),
  parse({ extends: './tsconfig.base.json', include: ['*.ts', '.ci/*.ts', '.ci/checks/fixtures/*.ts'] }, root),
]

const groups = new Map()
for (const { fileNames, options, errors } of parsed) {
  const key = JSON.stringify(options)
  const group = groups.get(key) ?? { fileNames: [], options, errors: [] }
  groups.set(key, { ...group, fileNames: [...group.fileNames, ...fileNames], errors: [...group.errors, ...errors] })
}
// What a program merely imports is judged in its own group: under a page's options it meets the DOM's types as well.
const isOfAny = new Set(parsed.flatMap(({ fileNames }) => fileNames))
const diagnostics = [...groups.values()].flatMap(({ fileNames, options, errors }) => {
  const isOwn = ({ file }) => !isOfAny.has(file?.fileName) || fileNames.includes(file.fileName)
  return [...errors, ...ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options)).filter(isOwn)]
})
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }
const problems = diagnostics.map((diagnostic) => ts.formatDiagnostic(diagnostic, host).trim())
const files = parsed.reduce((sum, { fileNames }) => sum + fileNames.length, 0)
report('types', problems, `${files} files in ${packages.length} packages and beside them`)

function parse(config, folder) {
  return ts.parseJsonConfigFileContent(config, ts.sys, folder)
}
