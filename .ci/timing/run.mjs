// Whether the time of a comparison, or of a whole verification, tells how far a forged signature is right. Forgeries that
// are wrong in their last character are timed against ones that are wrong in their first, in random order, and compared by
// Welch's t. The same is done with a comparison that stops at the first difference: it has to be found, else a good
// result would mean nothing.
//
// Machines are shared and noisy. A leak shows every time; what showed once and not again was the machine. So each is tried
// up to three times, until it is as it should be.
// Usage: npm run test:timing
import { coreOn } from '../checks/lib/core-on.mjs'
import { timesOfComparison } from './comparison.mjs'
import { timesOfVerification } from './verification.mjs'
import { welchT } from './welch.mjs'

/** |t| beyond it is a leak: by chance alone it is over 5 once in a million times. */
const THRESHOLD = 5
const ATTEMPTS = 3

const LEAKY_EQUAL = `{
  equal(one, other, at = 0) {
    if (one.length !== other.length - at) return false
    for (let index = 0; index < one.length; index++) if (one.charCodeAt(index) !== other.charCodeAt(at + index)) return false
    return true
  },
}`

const [node, web, leaky] = [await coreOn('node'), await coreOn('web'), await coreOn('node', LEAKY_EQUAL)]
const subjects = [
  { name: 'comparison, node engine', times: () => timesOfComparison(node.engine.equal) },
  { name: 'comparison behind a prefix, node engine', times: () => timesOfComparison(node.engine.equal, 'sha512=') },
  { name: 'comparison, web engine', times: () => timesOfComparison(web.engine.equal) },
  { name: 'comparison that leaks', times: () => timesOfComparison(leaky.engine.equal), leaks: true },
  {
    name: 'comparison that leaks behind a prefix',
    times: () => timesOfComparison(leaky.engine.equal, 'sha512='),
    leaks: true,
  },
  { name: 'verification, node engine', times: () => timesOfVerification(node) },
  { name: 'verification that leaks', times: () => timesOfVerification(leaky), leaks: true },
]

let wrong = 0
for (const { name, times, leaks = false } of subjects) {
  const found = []
  do {
    const { near, far } = await times()
    found.push(welchT(near, far))
  } while (Math.abs(found.at(-1)) > THRESHOLD !== leaks && found.length < ATTEMPTS)
  const isRight = Math.abs(found.at(-1)) > THRESHOLD === leaks
  if (!isRight) wrong += 1
  const expected = `${leaks ? 'over' : 'under'} ${THRESHOLD}`
  console.log(
    `${isRight ? 'good  ' : 'FAILED'} ${name}: t = ${found.map((t) => t.toFixed(1)).join(', then ')}; it has to be ${expected} either way`,
  )
}
console.log(
  `timing: ${wrong === 0 ? 'nothing leaks but what has to' : `${wrong} of ${subjects.length} are not as they should be`}`,
)
process.exitCode = wrong === 0 ? 0 : 1
