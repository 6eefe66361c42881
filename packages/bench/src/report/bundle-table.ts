import type { Bundle, BundlePart } from '../sections/bundle.js'
import type { Table } from './table.js'

export function bundleTable(bundles: readonly Bundle[]): Table {
  return {
    title: 'What a browser loads to verify',
    notes: ['By esbuild for browsers, minified, and by `gzip -9`; in bytes.'],
    head: ['', 'minified', 'gzipped', 'remark'],
    rows: bundles.map(({ name, isOurs, bytes, gzipped, failure }) => [
      isOurs ? `**${name}**` : name,
      bytes?.toString() ?? '-',
      gzipped?.toString() ?? '-',
      failure === undefined ? '' : `does not bundle: ${failure}`,
    ]),
  }
}

export function partsTable(parts: readonly BundlePart[]): Table {
  return {
    title: 'What the largest of ours is made of',
    notes: ['Global Commerce, by the modules of its sources; bytes, minified. All of them are needed to verify.'],
    head: ['module', 'minified'],
    rows: parts.map(({ file, bytes }) => [`\`${file}\``, bytes.toString()]),
  }
}
