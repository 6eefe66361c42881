/** How often it is asked which mutant is active, before it is asked how late it is. */
const ASKED = 4096
// Taken before a test may put clocks of its own in their place.
const now = performance.now.bind(performance)

let active
let asked = 0
let deadline = Number.POSITIVE_INFINITY

/** Where what Stryker wrote into the sources looks for the active mutant, and counts what is reached. */
export const stryker = {
  get activeMutant() {
    asked += 1
    if (asked >= ASKED) throwIfLate()
    return active
  },
  set activeMutant(id) {
    active = id
  },
}
globalThis.__stryker__ = stryker

/** After so many milliseconds, whoever asks for the active mutant is stopped: a loop that never ends is one that asks. */
export function stopAfter(ms) {
  asked = 0
  deadline = now() + ms
}

function throwIfLate() {
  // And from now on at each time: a loop may catch what is thrown in it.
  if (now() > deadline) throw new Error('takes too long')
  asked = 0
}
