import type { Installed } from '../sections/install.js'
import type { Table } from './table.js'

export function installTable(installs: readonly Installed[]): Table {
  return {
    title: 'What `npm install` brings into an empty project',
    notes: ['The package itself and all that it depends on; the sum of the lengths of their files.'],
    head: ['', 'packages', 'MB'],
    rows: installs.map(({ name, isOurs, packages, bytes }) => [
      isOurs ? `**${name}**` : name,
      packages.toString(),
      (bytes / 1e6).toFixed(2),
    ]),
  }
}
