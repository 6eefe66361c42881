import type { KeyData } from './delivery.js'
import type { Random } from './random.js'
import type { Shape } from './shape.js'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Of one, two, three and four bytes, and what Unicode would compose if anything normalised it. */
const UNUSUAL = 'aB3é\u0163\u00a0ключ秘密🔑e\u0301\u200d-_+/=., '

type SecretData = Pick<KeyData, 'secret' | 'encoding'>

/** Secrets of every length and spelling that a receiver can be given. */
export function newSecret(random: Random, { isToken, separator }: Pick<Shape, 'isToken' | 'separator'>): SecretData {
  const text = (least: number, most: number) => `fake${random.text(random.between(least, most), ALPHANUMERIC)}`
  const kinds: readonly (() => SecretData)[] = [
    () => ({ secret: text(8, 36) }),
    () => ({ secret: text(8, 36) }),
    // Around the block of a hash, beyond which a key is replaced by its digest.
    () => ({ secret: text(56, 64) }),
    () => ({ secret: text(120, 140) }),
    () => ({ secret: `fake-${random.text(12, UNUSUAL)}-end`.normalize('NFC') }),
    () => ({ secret: `fake-${random.text(12, UNUSUAL)}-end`.normalize('NFD') }),
    () => ({ secret: random.text(2 * random.between(8, 70), '0123456789abcdefABCDEF'), encoding: 'hex' }),
    () => ({ secret: base64(random), encoding: 'base64' }),
    () => ({ secret: `whsec_${base64(random)}`, encoding: 'whsec' }),
    // A key that ends in NULs is to HMAC the same as one without them.
    () => ({ secret: `${text(8, 20)}\0` }),
  ]
  // A token stands in the header as it is, so it is text that a header can hold.
  const held = isToken ? kinds.slice(0, -1) : kinds
  const made = random.pick(held)()
  return separator !== undefined && made.secret.includes(separator) ? newSecret(random, { isToken, separator }) : made
}

function base64(random: Random): string {
  return btoa(String.fromCharCode(...random.bytes(random.between(8, 80))))
}

/** What somebody who copies a secret makes of it; each is another key. */
export function misspelt(random: Random, { secret: text }: KeyData): string {
  // Without the NUL at the end: it makes no difference to HMAC.
  const secret = text.replace(/\0+$/, '')
  return random.pick([
    `${secret}\n`,
    `${secret} `,
    `\ufeff${secret}`,
    `"${secret}"`,
    secret.slice(0, -1),
    secret.slice(1),
    `${secret}${secret}`,
    `${secret}x`,
  ])
}
