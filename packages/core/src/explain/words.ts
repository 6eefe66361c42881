const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A span in milliseconds in its largest unit: "4 minutes", "1 hour". Under a second: "0 seconds". */
export function spanWords(milliseconds: number): string {
  const [name, unit] = UNITS.find(([, size]) => Math.abs(milliseconds) >= size) ?? UNITS[3]
  const count = Math.floor(Math.abs(milliseconds) / unit)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
