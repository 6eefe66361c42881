import { importTime } from '../figures.js'
import { PEERS } from '../peers/index.js'
import type { NodeResults } from '../results.js'
import { ADAPTERS, BARE_ADAPTER, CRYPTO, EMPTY, FORMS, type ImportResult, importId } from '../sections/imports.js'
import { summarise } from '../statistics.js'
import type { Table } from './table.js'

export function importTables({ version, imports }: NodeResults): Table[] {
  if (!imports) return []
  const left = Object.entries(imports.left).map(([id, why]) => `Not run: ${id}: ${why}`)
  const empty = FORMS.map((form) => summarise(imports.samples[importId(EMPTY, form)] ?? [Number.NaN]).median / 1e6)
  return [
    {
      title: `What an import adds to an empty script, in milliseconds: Node ${version}`,
      notes: [
        'A process from start to end, less an empty one of the same round. From an installed project; ours from its tarballs.',
        ...left,
      ],
      head: ['', 'import', 'require'],
      rows: [
        ['the empty script itself', ...empty.map((milliseconds) => milliseconds.toFixed(1))],
        row(imports, CRYPTO, '`node:crypto` alone'),
        row(imports, BARE_ADAPTER, 'the floor: an adapter and a core that do nothing but import that'),
        ...ADAPTERS.map((folder) => row(imports, `@countersign/${folder}`, `**@countersign/${folder}**`)),
        ...PEERS.map(({ id }) => row(imports, id, id)),
      ],
    },
  ]
}

function row(imports: ImportResult, name: string, title: string): string[] {
  const cells = FORMS.map((form) => {
    const added = importTime(imports, name, form)
    return added ? `${added.median.toFixed(1)} (${added.lower.toFixed(1)}-${added.upper.toFixed(1)})` : 'not run'
  })
  return [title, ...cells]
}
