import type { Summary } from '../statistics.js'

const DECIMALS = 2

/** Three digits tell a ratio; a large one needs no decimals. */
export function ratioText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(DECIMALS)
}

/** With the quartiles, which say how far it can be trusted. */
export function summaryText(summary: Summary | undefined): string {
  if (!summary) return 'not run'
  return `${ratioText(summary.median)} (${ratioText(summary.lower)}-${ratioText(summary.upper)})`
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${bytes / 1024} KiB` : `${bytes / 1024 / 1024} MiB`
}

export function nanosecondsText(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(2)} us` : `${(nanoseconds / 1e6).toFixed(2)} ms`
}
