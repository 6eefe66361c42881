import type { ProviderId } from './delivery.js'
import type { Random } from './random.js'

const WORDS = [
  'Harbour at dusk',
  'Prüfung ✓',
  '注文書',
  '🙂🙃',
  'line\nbreak',
  '"quoted"',
  '\\',
  'e\u0301',
  '\u2028',
  '',
]

/** Events that the adapters' schemas accept. */
export const EVENTS: Readonly<Record<ProviderId, (random: Random) => object>> = {
  agilepoint: (random) => ({
    EventName: random.pick(['ProcessInstanceStarted', 'ProcessInstanceCompleted']),
    ProcessInstanceName: random.pick(WORDS),
    Count: number(random),
  }),
  'orange-logic': (random) => ({
    id: `evt-${random.below(1e6)}`,
    event: 'Asset.Updated',
    asset: { title: random.pick(WORDS), fields: random.shuffled(WORDS).slice(0, 3) },
  }),
  insider: (random) => ({
    email: 'ada@example.com',
    event: random.pick(WORDS),
    campaign_id: random.chance(0.5) ? random.below(1e9) : null,
    timestamp: number(random),
    'msg-id': random.text(12, 'abcdef0123456789'),
    url_offset: random.pick([null, 3, 'x']),
  }),
  'global-commerce': (random) => ({
    id: `${random.below(1e9)}`,
    type: random.pick(['subscription.created', 'order.invoice.created']),
    data: { object: { title: random.pick(WORDS), amount: number(random) } },
    liveMode: random.chance(0.5),
    createdTime: random.below(2e9),
  }),
  autify: (random) => ({
    ...testCase(random),
    ...(random.chance(0.5)
      ? { scenarios: [testCase(random), testCase(random)] }
      : { scenario_id: random.below(1e6), review_needed: random.chance(0.5) }),
  }),
}

function testCase(random: Random): object {
  const capability = { os: 'Linux', browser: random.pick(WORDS), device: null }
  return { id: random.below(1e6), status: random.pick(['passed', 'failed']), url: random.pick(WORDS), capability }
}

/** Numbers whose text is a matter of rounding. */
function number(random: Random): number {
  return random.pick([0, -0, 0.1, 1e21, 1e-7, 2 ** 53, 5e-324, 1.7976931348623157e308, random.below(1e9) / 7])
}
