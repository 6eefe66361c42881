const KIB = 1024

/** Of a request to a server. */
export const REQUEST_BYTES = KIB

export const SIZES = [200, KIB, 16 * KIB, 256 * KIB, KIB * KIB, 8 * KIB * KIB] as const

/**
 * JSON of exactly so many bytes, as an event has it. It is ASCII throughout, which is the kindest to those that take text.
 */
export function eventBody(length: number): string {
  const start = '{"id":"evt_1","object":"event","type":"order.updated","data":{"lines":['
  const end = ']},"note":""}'
  const lines: string[] = []
  let left = length - start.length - end.length
  for (let number = 0; ; number += 1) {
    const line = `{"sku":"A-${number}","quantity":2,"price":1999,"title":"A line of an order"}`
    const added = line.length + (lines.length > 0 ? 1 : 0)
    if (added > left) break
    lines.push(line)
    left -= added
  }
  return `${start}${lines.join(',')}]},"note":"${'-'.repeat(left)}"}`
}
