import type { AnyProvider } from '@countersign/core'

/** What a rotation is called at a vendor, and where it is done. */
interface VendorWords {
  /** How the secret gets from here to there, or has got from there to here. */
  readonly update: (keyId: string) => string
  /** How a rotation begins. */
  readonly begin: string
}

/** Only what the vendors publish: see the READMEs of their packages. */
const WORDS: Readonly<Record<string, VendorWords>> = {
  agilepoint: {
    update: (id) =>
      `AgilePoint has generated the secret of ${id} on its Manage Secret Key screen. Leave the other slot alone for a day.`,
    begin: 'Generate the key of one slot on the Manage Secret Key screen, and give it to the ring at once:',
  },
  'orange-logic': {
    update: (id) => `Give the secret of ${id} to Orange Logic's rotate call, unless Orange Logic made it there.`,
    begin: 'Stage a new secret, which Orange Logic is then told in its rotate call:',
  },
  insider: {
    update: (id) => `Enter the secret of ${id} as the secret key at Insider, which swaps it at once.`,
    begin: 'Stage a new secret, so that it verifies before it is entered at Insider:',
  },
  'global-commerce': {
    update: (id) => `Global Commerce has made the secret of ${id}. See that the old one expires there as it does here.`,
    begin:
      'Make a new secret at Global Commerce, choose when the old one expires, and give it to the ring with the same grace:',
  },
  autify: {
    update: (id) => `Enter the secret of ${id} as the webhook's secret token at Autify, which swaps it at once.`,
    begin: 'Stage a new secret, so that it verifies before it is entered at Autify:',
  },
}

export function vendorWords({ id, title }: AnyProvider): VendorWords {
  return (
    WORDS[id] ?? {
      update: (keyId) => `See that ${title} signs with the secret of ${keyId}.`,
      begin: `Give the ring a new secret, and then ${title}:`,
    }
  )
}
