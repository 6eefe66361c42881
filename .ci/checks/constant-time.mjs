// Nothing that is derived from a secret is compared by what stops at the first difference (law 5): no `===`, no `includes`,
// no lookup. By types and the flow of values, see lib/taint.mjs; what an operator enters is followed from where it becomes
// a secret on. What is rightly so stands below, with its reason.
import { join, relative } from 'node:path'
import ts from 'typescript'
import { comparisonsIn } from './lib/comparisons.mjs'
import { fixtureProblems } from './lib/fixture.mjs'
import { report } from './lib/report.mjs'
import { taintOf } from './lib/taint.mjs'
import { root, workspacePackages } from './lib/workspace.mjs'

/** Where secrets, and what is made of them, come from. */
const SOURCES = {
  calls: ['materialOf', 'secretBytes', 'reveal', 'signatureText', 'mac', 'createHmac', 'sign', 'createSecretKey'],
  members: ['Material.text', 'Material.bytes', 'Candidate.text'],
}
const EXPLAIN = 'packages/core/src/explain'
/** `explain` is asked by the operator who has the secret, about a delivery that was captured: no sender measures it. */
const ALLOWED = [
  // The quotes around a secret that was pasted with them.
  { file: `${EXPLAIN}/readings/secret-readings.ts`, code: 'text.endsWith(first)' },
  // A text beside itself as it is properly spelt: nobody learns from it what they have not sent.
  { file: 'packages/core/src/encoding.ts', code: 'btoa(atob(text)) === text' },
  // The name of the hash that a prepared key is for.
  { file: 'packages/core/src/signature-text.ts', code: 'material[PREPARED]?.hash !== hash' },
  // Two readings of one secret; nothing else that is secret comes here.
  { file: 'packages/core/src/bytes.ts', code: 'byte === other[index]' },
]
/** Tests and what is for them. The page explains what its user has entered, and shows it. */
const LEFT_OUT = ['testkit', 'playground', 'servers']
const FIXTURE = join(root, '.ci', 'checks', 'fixtures', 'constant-time.ts')

const sources = workspacePackages()
  .filter(({ folder }) => !LEFT_OUT.includes(folder))
  .map(({ folder }) => `packages/${folder}/src`)
const { fileNames, options } = ts.parseJsonConfigFileContent(
  { extends: './tsconfig.base.json', include: sources },
  ts.sys,
  root,
)
const found = comparisonsOf(fileNames).map((one) => ({ ...one, file: relative(root, one.file) }))
const isSame = (one, other) => one.file === other.file && one.code === other.code
const problems = [
  ...found
    .filter((one) => !ALLOWED.some((allowed) => isSame(one, allowed)))
    .map(({ file, line, code }) => `${file}:${line}: compares what is derived from a secret: ${code}`),
  ...ALLOWED.filter((allowed) => !found.some((one) => isSame(one, allowed))).map(
    ({ file, code }) => `${file}: is allowed \`${code}\`, and has it no more`,
  ),
  ...fixtureProblems(
    FIXTURE,
    comparisonsOf([FIXTURE]).map(({ line }) => line),
  ),
]
report(
  'constant-time',
  problems,
  `${fileNames.length} files, ${ALLOWED.length} allowed comparisons beside constant time`,
)

/** All comparisons with what is secret in these files, each followed together with the others. */
function comparisonsOf(names) {
  const program = ts.createProgram(names, options)
  const files = program.getSourceFiles().filter(({ fileName }) => names.includes(fileName))
  const isSecret = taintOf(program, files, SOURCES)
  const checker = program.getTypeChecker()
  return files.flatMap((file) =>
    comparisonsIn(file, checker, isSecret).map((comparison) => ({ file: file.fileName, ...comparison })),
  )
}
