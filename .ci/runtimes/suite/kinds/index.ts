import { endedKey, type KeyScenario, misspeltKey, noUsableKey, unknownKey } from '../key-scenarios.js'
import type { Plan } from '../plan.js'
import type { Random } from '../random.js'
import { caps } from './caps.js'
import { faults } from './faults.js'
import { headerKinds } from './headers.js'
import type { Kind } from './kind.js'
import { repeats } from './repeats.js'
import { spellings } from './spellings.js'
import { stamps } from './stamps.js'
import { tamperedBodies } from './tampered-bodies.js'

const HONEST: Kind = { name: 'honest' }

function withKeys(name: string, scenario: KeyScenario): Kind {
  return {
    name: `keys: ${name}`,
    plan: (plan: Plan, random: Random) => scenario(random, plan.provider, plan.now),
  }
}

const keyKinds: readonly Kind[] = [
  withKeys('one that has ended', endedKey),
  withKeys('none that is usable', noUsableKey),
  withKeys('one that is not known', unknownKey),
  withKeys('one that is nearly known', misspeltKey),
]

const tampered = [...tamperedBodies, ...spellings, ...headerKinds, ...repeats, ...caps, ...faults]

/** How a delivery comes about: as the vendor meant it, by keys or stamps out of the ordinary, or by an attacker's hand. */
export function pickKind(random: Random, plan: Plan): Kind {
  if (random.chance(0.25)) return HONEST
  const kinds = random.chance(0.1) ? keyKinds : plan.shape.hasStamp && random.chance(0.25) ? stamps : tampered
  return random.pick(kinds.filter(({ applies = () => true }) => applies(plan)))
}
