import { type Defective, reading } from './defective.js'
import type { TinyAnswer } from './tiny-receiver.js'
import { type SkinSteps, write } from './tiny-skin.js'

export const OF_ANSWERS: readonly Defective[] = [
  {
    defect: 'tells the reason in the body',
    steps: { write: (response, { status, reason }) => response.writeHead(status).end(reason) },
    caught: /^refused: no signature/,
  },
  {
    defect: 'tells the reason in a header',
    steps: { write: telling(({ reason }) => ({ 'x-told': reason ?? '' })) },
    caught: /^refused: a stale stamp/,
  },
  {
    defect: 'tells stale stamps apart by a header that looks harmless',
    steps: { write: telling(({ reason }) => ({ 'x-code': reason === 'too-old' ? '2' : '1' })) },
    caught: /^refused: whatever the reason is, the answers are alike/,
  },
  {
    defect: 'always answers 200',
    steps: { write: (response, answer, message) => write(response, { ...answer, status: 200 }, message) },
    caught: /^refused: no signature/,
  },
  {
    defect: 'forgets Allow and Retry-After',
    steps: { write: (response, { status }, message) => write(response, { status }, message) },
    caught: /^method: GET/,
  },
  {
    defect: 'answers 401 for a body that was parsed',
    steps: { fault: () => ({ status: 401 }) },
    caught: /^parsed: JSON/,
  },
  {
    defect: 'takes what a parser left over for the body',
    steps: { take: reading((bytes) => bytes) },
    caught: /^parsed: JSON/,
  },
  {
    defect: 'closes every connection',
    steps: { write: telling(() => ({ connection: 'close' })) },
    caught: /^connection: after 200, 401 and 400/,
  },
]

function telling(headers: (answer: TinyAnswer) => Record<string, string>): SkinSteps['write'] {
  return (response, answer, message) =>
    write(response, { ...answer, headers: { ...answer.headers, ...headers(answer) } }, message)
}
