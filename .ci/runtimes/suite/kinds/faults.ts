import type { BodyForm, Outcome } from '../delivery.js'
import type { Kind } from './kind.js'

/** What the receiver itself does wrong, or cannot help: no verdict, but an error of a certain code. */
function receiverFault(name: string, bodyAs: BodyForm, outcome: Outcome): Kind {
  return { name: `fault: ${name}`, tamper: () => ({ bodyAs, expected: [outcome] }) }
}

export const faults: readonly Kind[] = [
  receiverFault('a body that a parser has read', 'parsed', 'body-not-bytes'),
  receiverFault('a request whose body was read', 'read', 'body-already-read'),
  receiverFault('a request whose body is being read', 'locked', 'body-already-read'),
  receiverFault('an upload that breaks off', 'broken', 'body-unreadable'),
  {
    name: 'fault: a tenant that is not known',
    plan: () => ({ tenant: 'unknown', expected: ['unknown-tenant'] }),
  },
]
