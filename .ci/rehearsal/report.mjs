import { indented } from '../checks/lib/report.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'
import { RESOLUTIONS } from './typescript.mjs'

const COMPILERS = 'TypeScript'

/**
 * The tables of a rehearsal, and what failed below them.
 *
 * @param {{ about: string, proofs: object[] }[]} results
 * @returns {boolean} Whether nothing did.
 */
export function reportRehearsal(results, nodes) {
  const versions = new Map(publishedPackages().map(({ name, manifest }) => [name, manifest.version]))
  const onNodes = results.filter(({ proofs }) => proofs.some(({ node }) => node !== undefined))
  const rows = onNodes.map(({ about, proofs }) => [
    versions.has(about) ? `${about}@${versions.get(about)}` : about,
    ...nodes.map((version) => cell(proofs.filter(({ node }) => node === version))),
  ])
  console.log(table(['published', ...nodes.map((version) => `Node ${version}`)], rows))

  const compiled = results
    .find(({ about }) => about === COMPILERS)
    .proofs.filter(({ version }) => version !== undefined)
  const compilers = [...new Set(compiled.map(({ version }) => version))]
  const resolutions = Object.keys(RESOLUTIONS)
  const ofCompiler = (wanted) =>
    resolutions.map((resolution) => compiled.find((one) => one.version === wanted && one.resolution === resolution))
  console.log(
    table(
      ['moduleResolution', ...resolutions],
      compilers.map((version) => [
        `${COMPILERS} ${version}`,
        ...ofCompiler(version).map(({ error }) => (error === undefined ? 'ESM, CommonJS' : 'FAILED')),
      ]),
    ),
  )
  // A Node on which nothing ran has proved nothing.
  const isFilled = !rows.flat().some((text) => text.startsWith('FAILED'))
  return reportFailures(results) && isFilled
}

/** What ran on one Node: in which forms, or how many proofs. */
function cell(proofs) {
  const failed = proofs.filter(({ error }) => error !== undefined)
  if (proofs.length === 0 || failed.length > 0) return `FAILED ${failed.length} of ${proofs.length}`
  const forms = ['ESM', 'CommonJS'].filter((form) => proofs.some(({ name }) => name.endsWith(`, ${form}`)))
  return forms.join(', ') || (proofs.length === 1 ? proofs[0].name : `${proofs.length} proofs`)
}

function reportFailures(results) {
  const all = results.flatMap(({ about, proofs }) => proofs.map((proof) => ({ about, ...proof })))
  const failed = all.filter(({ error }) => error !== undefined)
  for (const { about, name, node, error } of failed) {
    console.log(`${about}: ${name}${node === undefined ? '' : `, Node ${node}`}: FAILED\n${indented(error)}`)
  }
  const verdict = failed.length === 0 ? 'all good' : `${failed.length} wrong`
  console.log(`rehearsal: ${publishedPackages().length} packages published, ${all.length} proofs, ${verdict}`)
  return failed.length === 0
}

/** Columns of one width each. */
function table(head, rows) {
  const all = [head, head.map(() => ''), ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)))
  const lines = all.map((row, index) =>
    row.map((text, column) => (index === 1 ? '-'.repeat(widths[column]) : text.padEnd(widths[column]))).join(' | '),
  )
  return `| ${lines.join(' |\n| ')} |\n`
}
