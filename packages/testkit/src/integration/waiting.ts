import { fail } from '../expect.js'

/** How long anything may take. A case that passes takes a fraction of it. */
const DEADLINE_MS = 3000

/** The result, if it comes in time. */
export async function soon<Result>(pending: Promise<Result>, expected: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      try {
        fail(expected, `nothing within ${DEADLINE_MS} ms`)
      } catch (error) {
        reject(error)
      }
    }, DEADLINE_MS)
  })
  try {
    return await Promise.race([pending, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Waits until it holds. */
export async function until(holds: () => boolean, expected: string): Promise<void> {
  const end = performance.now() + DEADLINE_MS
  while (!holds()) {
    if (performance.now() > end) fail(expected, `nothing of it within ${DEADLINE_MS} ms`)
    await pause(5)
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms))
}

/** Holds whoever waits for it until it is opened. */
export interface Gate {
  readonly opened: Promise<void>
  open(): void
}

export function createGate(): Gate {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
