// Judges what `countersign drill --json` printed. As a script it reads that from standard input.
import { readFileSync } from 'node:fs'
import { report } from './report.mjs'

/** One line about a report with nothing wrong in it; throws where something is, or where nothing was counted. */
export function drillSummary(printed) {
  // npm writes the command that it runs above the document.
  const { ok, providers, forced } = JSON.parse(printed.replace(/^> .*$/gm, ''))
  const wrong = [...providers, ...(forced ? [forced] : [])].flatMap(({ name, sent, ...counts }) => {
    const wrongly = Object.entries(counts).filter(([key]) => key.startsWith('wrongly'))
    if (!(sent > 0) || wrongly.length === 0) return [`${name}: nothing was counted`]
    return wrongly.filter(([, count]) => count !== 0).map(([key, count]) => `${name}: ${key} ${count}`)
  })
  if (providers.length === 0) wrong.push('no provider took part')
  if (!ok || wrong.length > 0)
    throw new Error(`the drill says ok: ${ok}; ${wrong.join('; ') || 'it does not say why not'}`)
  const sum = (of) => providers.reduce((total, provider) => total + of(provider), 0)
  const sent = sum((provider) => provider.sent)
  const rotations = sum((provider) => provider.rotatedAtMs.length)
  return `${providers.length} providers, ${sent} deliveries, ${rotations} rotations, nothing wrong`
}

if (process.argv[1] === import.meta.filename) {
  const printed = readFileSync(0, 'utf8')
  try {
    report('drill', [], drillSummary(printed))
  } catch (error) {
    report('drill', [printed.slice(-2000), error.message])
  }
}
